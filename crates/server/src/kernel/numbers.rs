//! Gapless numbers: a counter row for each series, counted up inside the transaction that uses the number.

use uuid::Uuid;

use super::db::Tx;

impl Tx {
    /// The next number of a series. Its row stays locked until the commit: take it as late as possible.
    pub async fn next_number(&mut self, branch: Uuid, series: &str, year: i16) -> sqlx::Result<i64> {
        let clinic = self.clinic();
        sqlx::query_scalar!(
            "insert into number_series (clinic_id, branch_id, series, year, last_value)
            values ($1, $2, $3, $4, 1)
            on conflict on constraint number_series_pkey
            do update set last_value = number_series.last_value + 1
            returning last_value",
            clinic,
            branch,
            series,
            i32::from(year)
        )
        .fetch_one(&mut **self)
        .await
    }
}
