//! Who may be registered already.

use dentpro_core::permissions::BuiltInRole::Receptionist;
use serde_json::{Value, json};

use super::{encoded, register};
use crate::testing::TestApp;

#[tokio::test]
async fn a_probable_duplicate_is_shown_with_its_reasons_the_likeliest_first() {
    let app = TestApp::new().await;
    let reception = app.login(Receptionist).await;
    let body = json!({ "name_ar": "محمد أحمد علي", "national_id": "29104020123456",
        "phones": [{ "number": "01001234567" }] });
    let original = reception.post("/patients", body).await.expect(201);
    register(&reception, "محمد أحمد علي", "", 5).await;
    register(&reception, "سعاد", "", 1_234_567).await;
    register(&reception, "محمد سمير فؤاد", "", 6).await;
    let ask = |query: String| {
        let reception = reception.clone();
        async move {
            let list = reception.get(&format!("/patients/duplicates?{query}")).await.expect(200);
            list["items"]
                .as_array()
                .unwrap()
                .iter()
                .map(|i| (i["file_number"].clone(), i["reasons"].clone()))
                .collect::<Vec<_>>()
        }
    };
    let both = ask(format!("name_en={}&phone=0100+123+4567", encoded("Mohamed Ahmed Aly"))).await;
    assert_eq!(both[0], (json!("000001"), json!(["same_phone", "similar_name"])));
    assert_eq!(
        both[1..],
        [(json!("000002"), json!(["similar_name"])), (json!("000003"), json!(["same_phone"]))]
    );
    let by_id = ask("national_id=29104020123456".to_owned()).await;
    assert_eq!(by_id, [(json!("000001"), json!(["same_national_id"]))]);
    let born = ask(format!("name_ar={}&birth_date=1991-04-02", encoded("محمد احمد"))).await;
    assert_eq!(born.first(), Some(&(json!("000001"), json!(["similar_name", "same_birth_date"]))));
    let edited =
        ask(format!("national_id=29104020123456&exclude_id={}", original["id"].as_str().unwrap())).await;
    assert_eq!(edited, Vec::<(Value, Value)>::new());
}

#[tokio::test]
async fn what_is_still_being_typed_finds_nobody_and_breaks_nothing() {
    let app = TestApp::new().await;
    let reception = app.login(Receptionist).await;
    register(&reception, "محمد أحمد", "", 1).await;
    let half_typed = format!("?name_ar={}&phone=010&national_id=291", encoded("محمد"));
    for query in ["", "?phone=0100", "?national_id=2910", "?name_en=%25", "?birth_date=", half_typed.as_str()]
    {
        let list = reception.get(&format!("/patients/duplicates{query}")).await.expect(200);
        assert_eq!(list["items"], json!([]), "{query}");
    }
    reception
        .get("/patients/duplicates?birth_date=nonsense")
        .await
        .expect_invalid("birth_date", "request.wrong_type");
}
