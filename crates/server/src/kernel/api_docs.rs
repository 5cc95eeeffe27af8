//! `/api/docs`: the API's description for people, read by Scalar out of this binary.

use axum::http::{HeaderName, header};
use axum::response::{Html, IntoResponse};

const PAGE: &str = r#"<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>DentPro API</title>
</head>
<body>
<script id="api-reference" data-url="/api/openapi.json"
    data-configuration='{"withDefaultFonts":false,"telemetry":false,"hideClientButton":true}'></script>
<script src="/api-docs/scalar.js"></script>
</body>
</html>
"#;

/// Scalar writes its styles into the page, so this page alone allows them inline; nothing of a clinic is shown on it.
const POLICY: (HeaderName, &str) = (
    header::CONTENT_SECURITY_POLICY,
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; \
     font-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
);

/// The page.
pub async fn page() -> impl IntoResponse {
    ([POLICY], Html(PAGE))
}
