//! What has to hold of the loaded clinic before it is committed.

use sqlx::{Executor, PgConnection};

use super::DemoError;

/// What must not be found, and the sentence for when it is.
macro_rules! nothing {
    ($connection:expr, $($problem:literal: $sql:literal;)*) => {$(
        let found = sqlx::query_scalar!($sql).fetch_one(&mut *$connection).await?;
        if found != 0 {
            return Err(DemoError::Inconsistent { problem: $problem, found });
        }
    )*};
}

/// # Errors
/// The first thing that does not add up.
pub async fn consistent(connection: &mut PgConnection) -> Result<(), DemoError> {
    // Without statistics the planner takes the new tables for small ones.
    connection.execute("analyze invoice, invoice_line, payment, payment_allocation, ledger_entry").await?;
    nothing! { connection,
        "invoices differ from the sum of their lines":
            r#"select count(*) as "n!" from invoice i
            join (select clinic_id, invoice_id, sum(subtotal) as subtotal, sum(discount) as discount, sum(tax) as tax,
                sum(total) as total from invoice_line group by 1, 2) l on l.clinic_id = i.clinic_id and l.invoice_id = i.id
            where (i.subtotal, i.discount, i.tax, i.total) is distinct from (l.subtotal, l.discount, l.tax, l.total)"#;
        "invoices have no lines":
            r#"select count(*) as "n!" from invoice i
            where not exists (select from invoice_line l where l.clinic_id = i.clinic_id and l.invoice_id = i.id)"#;
        "invoices differ from what was allocated to them":
            r#"select count(*) as "n!" from invoice i
            left join (select clinic_id, invoice_id, sum(amount) as paid from payment_allocation group by 1, 2) a
                on a.clinic_id = i.clinic_id and a.invoice_id = i.id
            where i.paid <> coalesce(a.paid, 0)"#;
        "payments are allocated beyond their amount":
            r#"select count(*) as "n!" from payment p
            join (select clinic_id, payment_id, sum(amount) as used from payment_allocation group by 1, 2) a
                on a.clinic_id = p.clinic_id and a.payment_id = p.id
            where a.used > p.amount or a.used < 0"#;
        "patients' ledgers differ from their invoices and payments":
            r#"select count(*) as "n!" from (
                select patient_id, sum(amount) as balance from ledger_entry group by 1) l
            full join (
                select patient_id, sum(amount) as balance from (
                    select patient_id, total as amount from invoice where status <> 'draft'
                    union all select patient_id, -amount from payment) m group by 1) m
                on m.patient_id = l.patient_id
            where l.balance is distinct from m.balance"#;
        "numbers have gaps":
            r#"select count(*) as "n!" from number_series s
            left join lateral (
                select count(*) as issued from invoice i
                where s.series = 'invoice' and i.branch_id = s.branch_id and extract(year from i.issued_on) = s.year
            ) i on true
            left join lateral (
                select count(*) as issued from payment p
                where s.series = 'receipt' and p.branch_id = s.branch_id and extract(year from p.received_on) = s.year
            ) p on true
            where s.series in ('invoice', 'receipt') and s.last_value <> i.issued + p.issued"#;
    }
    Ok(())
}
