//! Every operation of the OpenAPI document, with ids filled into its path.

use std::collections::BTreeMap;

use axum::http::Method;
use serde_json::Value;
use uuid::Uuid;

/// One operation.
#[derive(Clone, Debug)]
pub struct Operation {
    pub method: Method,
    /// Below `/api/v1`, with `{names}`.
    pub path: String,
    /// `x-permission`: a permission's code, `signed_in` or `public`.
    pub permission: String,
    /// The schema of a JSON body, with references resolved one level deep.
    pub body: Option<Value>,
}

/// All of them, in the document's order.
pub fn all() -> Vec<Operation> {
    let document = serde_json::to_value(crate::app::openapi()).unwrap();
    let mut found = Vec::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            let Ok(method) = method.to_uppercase().parse::<Method>() else { continue };
            let schema = &operation["requestBody"]["content"]["application/json"]["schema"];
            found.push(Operation {
                method,
                path: path.strip_prefix("/api/v1").unwrap_or(path).to_owned(),
                permission: operation["x-permission"].as_str().unwrap_or_default().to_owned(),
                body: (!schema.is_null()).then(|| resolve(&document, schema)),
            });
        }
    }
    found
}

fn resolve(document: &Value, schema: &Value) -> Value {
    match schema["$ref"].as_str().and_then(|r| r.strip_prefix('#')) {
        Some(pointer) => document.pointer(pointer).cloned().unwrap_or(Value::Null),
        None => schema.clone(),
    }
}

impl Operation {
    /// The path with an id for each parameter: by the word before it (`patients`, `visits`, …), else a new one.
    pub fn path_with(&self, ids: &BTreeMap<&str, Uuid>) -> String {
        let mut before = "";
        let mut filled = String::new();
        for segment in self.path.split('/').skip(1) {
            filled.push('/');
            if segment.starts_with('{') {
                match ids.get(before) {
                    Some(id) => filled.push_str(&id.to_string()),
                    None => filled.push_str(&Uuid::now_v7().to_string()),
                }
            } else {
                filled.push_str(segment);
                before = segment;
            }
        }
        filled
    }

    /// Whether the answer never ends by itself.
    pub fn is_stream(&self) -> bool {
        self.path == "/events"
    }
}
