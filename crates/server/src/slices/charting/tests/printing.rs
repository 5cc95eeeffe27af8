//! The chart on paper.

use dentpro_core::permissions::BuiltInRole::{Admin, Receptionist};

use super::{Mouth, finding};

#[tokio::test]
async fn the_chart_is_printed_in_both_languages_for_who_may_read_it() {
    let mouth = Mouth::new().await;
    mouth.record(finding("caries", "16", &["M", "O"])).await;
    let path = format!("/patients/{}/chart/pdf", mouth.patient);
    for query in ["", "?lang=ar", "?lang=en&as_of=2026-11-01", "?lang=both"] {
        let answer = mouth.doctor.get(&format!("{path}{query}")).await;
        assert_eq!(answer.status, 200, "{query}: {}", answer.text());
        assert!(answer.bytes.starts_with(b"%PDF-"), "{query}");
    }
    mouth.doctor.get(&format!("{path}?lang=fr")).await.expect(422);
    mouth.doctor.get(&format!("{path}?as_of=2026-13-01")).await.expect(422);
    let reception = mouth.app.login(Receptionist).await;
    reception.get(&path).await.expect_problem(403, "identity.permission_missing");
    let elsewhere = mouth.app.login_elsewhere(Admin).await;
    elsewhere.get(&path).await.expect_problem(404, "request.not_found");
}
