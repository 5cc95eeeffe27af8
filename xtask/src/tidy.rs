//! Import rules, table ownership, SQL in its place, permissions declared, sizes, error texts.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use regex::Regex;

/// Lines a source file has at most, tests aside.
const MAX_LINES: usize = 600;
/// Lines a page or component of the web app has at most.
const MAX_WEB_LINES: usize = 300;
/// What the core may depend on: nothing that does I/O, knows the time or throws dice.
const CORE_DEPENDENCIES: &[&str] = &[
    "jiff",
    "phonenumber",
    "proptest",
    "rust_decimal",
    "serde",
    "serde_json",
    "sqlx",
    "thiserror",
    "unicode-normalization",
    "utoipa",
    "uuid",
];

struct Source {
    path: PathBuf,
    text: String,
}

impl Source {
    fn is_test(&self) -> bool {
        let path = self.path.to_string_lossy();
        ["/tests/", "/testing/", "/suite/"].iter().any(|p| path.contains(p)) || path.ends_with("/tests.rs")
    }

    /// The text without its `#[cfg(test)]` module at the end.
    fn product(&self) -> &str {
        self.text.split("\n#[cfg(test)]\nmod tests {").next().unwrap_or_default()
    }

    fn slice(&self) -> Option<&str> {
        let path = self.path.to_str()?;
        path.split_once("/slices/")?.1.split_once('/').map(|(slice, _)| slice)
    }
}

/// Runs every check and lists what it found.
pub fn run() -> ExitCode {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies in the workspace");
    let server = read(&root.join("crates/server/src"), "rs");
    let mut rust = read(&root.join("crates/core/src"), "rs");
    rust.extend(read(&root.join("crates/print/src"), "rs"));
    let mut problems = Vec::new();
    for source in &server {
        imports(source, &mut problems);
        sql_place(source, &mut problems);
        permissions(source, &mut problems);
    }
    ownership(&server, &mut problems);
    error_texts(root, &server, &mut problems);
    core_dependencies(root, &mut problems);
    for source in server.iter().chain(&rust) {
        size(source, MAX_LINES, &mut problems);
    }
    for extension in ["ts", "tsx"] {
        for source in read(&root.join("web/src"), extension) {
            let path = source.path.to_string_lossy();
            if !path.contains(".gen.") && !path.contains(".test.") {
                size(&source, MAX_WEB_LINES, &mut problems);
            }
        }
    }
    for problem in &problems {
        println!("tidy: {}", problem.replace(&format!("{}/", root.display()), ""));
    }
    if problems.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn read(folder: &Path, extension: &str) -> Vec<Source> {
    let mut found = Vec::new();
    let Ok(entries) = fs::read_dir(folder) else { return found };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(read(&path, extension));
        } else if path.extension().is_some_and(|e| e == extension)
            && let Ok(text) = fs::read_to_string(&path)
        {
            found.push(Source { path, text });
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("the pattern is valid")
}

/// Slices know neither each other nor flows and app; the kernel knows no slice.
fn imports(source: &Source, problems: &mut Vec<String>) {
    let path = source.path.display();
    let name = source.path.to_string_lossy();
    if source.is_test() {
        return;
    }
    if let Some(slice) = source.slice() {
        for found in pattern(r"crate::slices::(\w+)").captures_iter(source.product()) {
            if &found[1] != slice {
                problems.push(format!("{path}: slice {slice} reaches into slice {}", &found[1]));
            }
        }
        // A handler may call a flow; nothing else of a slice may know that there are others.
        let is_handler = name.contains("/handlers");
        if pattern(r"crate::app\b").is_match(source.product())
            || (!is_handler && source.product().contains("crate::flows"))
        {
            problems.push(format!("{path}: a slice knows neither app nor, outside its handlers, flows"));
        }
    }
    if name.contains("/src/kernel/")
        && pattern(r"crate::(slices|flows|app|demo|server)\b").is_match(source.product())
    {
        problems.push(format!("{path}: the kernel knows no slice"));
    }
}

/// SQL lives in the kernel, in the demo's loader and in the stores of the slices.
fn sql_place(source: &Source, problems: &mut Vec<String>) {
    let name = source.path.to_string_lossy();
    let allowed =
        ["/kernel/", "/store.rs", "/store/", "/cli/doctor.rs", "/demo/"].iter().any(|p| name.contains(p));
    if !allowed && !source.is_test() && pattern(r"query(_as|_scalar)?(!|::<|\()").is_match(source.product()) {
        problems.push(format!("{}: SQL outside store.rs", source.path.display()));
    }
}

/// Each operation declares its permission.
fn permissions(source: &Source, problems: &mut Vec<String>) {
    if !source.path.to_string_lossy().contains("/handlers") {
        return;
    }
    let attribute = pattern(r"(?s)#\[utoipa::path\((.*?)\)\]\s*pub async fn (\w+)");
    let described: Vec<_> = attribute.captures_iter(source.product()).collect();
    for found in &described {
        if !found[1].contains("x-permission") {
            problems.push(format!("{}: {} declares no permission", source.path.display(), &found[2]));
        }
    }
    // What only helps an operation takes no permission of its own.
    let operation = pattern(r"(?ms)^pub async fn (\w+)\(([^{]*?)\) ->");
    for found in operation.captures_iter(source.product()) {
        let is_operation = pattern(r"\b(Can<|SignedIn|Body<|Path<|Query<)").is_match(&found[2]);
        if is_operation && !described.iter().any(|d| d[2] == found[1]) {
            problems.push(format!("{}: {} has no OpenAPI attribute", source.path.display(), &found[1]));
        }
    }
}

/// A table has one owner: only its slice's store writes it.
fn ownership(server: &[Source], problems: &mut Vec<String>) {
    let writes = pattern(r"(?i)\b(?:insert into|update|delete from)\s+([a-z_]+)");
    let owned_by = |slice: &str| -> Vec<String> {
        server
            .iter()
            .filter(|s| s.slice() == Some(slice) && s.path.ends_with("mod.rs"))
            // The list may go on over the next lines of the same paragraph.
            .flat_map(|s| s.text.lines().skip_while(|l| !l.starts_with("//! Owns:")))
            .take_while(|line| line.starts_with("//! "))
            .map(|line| line.trim_start_matches("//! Owns:").trim_start_matches("//! "))
            .flat_map(|list| list.split(','))
            .map(|table| table.trim().trim_end_matches('.').to_owned())
            .collect()
    };
    for source in server.iter().filter(|s| !s.is_test()) {
        let Some(slice) = source.slice() else { continue };
        if !source.path.to_string_lossy().contains("/store") {
            continue;
        }
        let owned = owned_by(slice);
        let sql: Vec<&str> = source.product().split('"').skip(1).step_by(2).collect();
        for text in sql {
            for found in writes.captures_iter(text) {
                let table = &found[1];
                if !["set", "of", "skip", "nowait"].contains(&table)
                    && table != "number_series"
                    && !owned.iter().any(|o| o == table)
                {
                    problems.push(format!(
                        "{}: slice {slice} writes {table}, which it does not own",
                        source.path.display()
                    ));
                }
            }
        }
    }
}

/// Every code that the server answers has its sentences in both languages.
fn error_texts(root: &Path, server: &[Source], problems: &mut Vec<String>) {
    let texts: String =
        read(&root.join("crates/server/data/errors"), "json").into_iter().map(|s| s.text).collect();
    let code = pattern(
        r#""((?:request|identity|clinic|patients|scheduling|records|charting|periodontal|billing|notifications|interop|audit)\.[a-z_]+)""#,
    );
    let permission_like = pattern(r"x-permission|Permission::|need::");
    for source in server.iter().filter(|s| !s.is_test()) {
        for line in
            source.product().lines().filter(|l| !permission_like.is_match(l) && !l.contains(".changed\""))
        {
            for found in code.captures_iter(line) {
                if line.contains("ApiError") || line.contains("invalid(") || line.contains("=> \"") {
                    let known = texts.contains(&format!("\"{}\":", &found[1]));
                    if !known && !line.contains("permission") {
                        problems.push(format!(
                            "{}: no sentences for the code {}",
                            source.path.display(),
                            &found[1]
                        ));
                    }
                }
            }
        }
    }
}

fn core_dependencies(root: &Path, problems: &mut Vec<String>) {
    let manifest = fs::read_to_string(root.join("crates/core/Cargo.toml")).unwrap_or_default();
    let dependency = pattern(r"^([a-z0-9_-]+)(\.workspace)?\s*=");
    let mut inside = false;
    for line in manifest.lines() {
        if line.starts_with('[') {
            inside = line.contains("dependencies]");
        } else if inside
            && let Some(found) = dependency.captures(line)
            && !CORE_DEPENDENCIES.contains(&&found[1])
        {
            problems.push(format!("crates/core/Cargo.toml: the core may not depend on {}", &found[1]));
        }
    }
}

fn size(source: &Source, max: usize, problems: &mut Vec<String>) {
    let lines = source.product().lines().count();
    if lines > max && !source.is_test() {
        problems.push(format!("{}: {lines} lines, at most {max}", source.path.display()));
    }
}
