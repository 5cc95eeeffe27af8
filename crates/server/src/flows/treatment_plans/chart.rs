//! The chart shows what is open of the plan that leads its options, and nothing else of them.

use dentpro_core::ids::ChartEventId;
use dentpro_core::planning::{PlanItemStatus, leads};
use jiff::civil::Date;
use uuid::Uuid;

use crate::kernel::clock::Clock;
use crate::kernel::db::Tx;
use crate::kernel::error::ApiResult;
use crate::slices::charting::{self, OpenChart, Reference};
use crate::slices::planning::{self, HeldPlan};

/// Why the chart no longer shows what was planned; it is read in both languages.
const NO_LONGER_PLANNED: &str = "No longer planned · لم يعد مخططًا له";

/// Brings the chart in line with the plans of an option group, which is held.
pub async fn show_on_chart(
    tx: &mut Tx,
    clock: &Clock,
    chart: &mut OpenChart,
    held: &HeldPlan,
    today: Date,
) -> ApiResult<()> {
    let group = planning::lock_group(tx, held.option_group).await?;
    let leading = leads(&group);
    let ids: Vec<Uuid> = group.iter().map(|(id, _)| *id).collect();
    for item in planning::items_of(tx, &ids).await? {
        let wanted = Some(item.plan.uuid()) == leading && item.status.is_open();
        match item.chart_event {
            None if wanted => {
                let id: ChartEventId = clock.new_id();
                let event = item.placed().planned(id.uuid(), today);
                // What no longer fits the mouth is not drawn; the plan says that the tooth is gone.
                let Some(event) = event.filter(|event| chart.check(event, "").is_ok()) else { continue };
                chart.record(tx, event, Reference::default()).await?;
                planning::set_chart_event(tx, item.id, Some(id)).await?;
                charting::announce(tx, held.patient, id).await?;
            }
            Some(event) if !wanted && item.status != PlanItemStatus::Completed => {
                if !chart.is_corrected(event) {
                    let correction: ChartEventId = clock.new_id();
                    chart.correct(tx, correction.uuid(), event, NO_LONGER_PLANNED).await?;
                    charting::announce(tx, held.patient, correction).await?;
                }
                planning::set_chart_event(tx, item.id, None).await?;
            }
            _ => {}
        }
    }
    Ok(())
}
