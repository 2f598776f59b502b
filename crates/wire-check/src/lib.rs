//! Checker of requests, as the sandbox records them, against the OpenAPI documents of the two services. The
//! portal is lenient in what it reads and exact in what it sends; this crate checks the latter.
//!
//! It shares no code with the portal, and fields have no meaning here: the documents are the only rules.

#![forbid(unsafe_code)]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use jsonschema::Draft;
use serde::Deserialize;
use serde_json::{Map, Value, json};

/// File names of the documents in `docs/openapi/`.
const NAMES: [&str; 2] = ["patient.yaml", "staff.yaml"];

/// Headers that a browser adds by itself; all others are the portal's and must be documented.
const BROWSERS_OWN: [&str; 12] = [
    "accept-encoding",
    "accept-language",
    "cache-control",
    "connection",
    "content-length",
    "content-type",
    // Its content is checked by `authorization`.
    "cookie",
    "host",
    "origin",
    "pragma",
    "priority",
    "user-agent",
];

/// A request, as an entry of the sandbox's record. Other fields of an entry are ignored.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct RecordedRequest {
    /// The call that the sandbox recognised; `preflight` for the browser's own request.
    #[serde(default)]
    pub call: String,
    /// The HTTP method.
    pub method: String,
    /// The path.
    pub path: String,
    /// The query, without the question mark.
    pub query: Option<String>,
    /// Names in lower case, and values.
    pub headers: BTreeMap<String, String>,
    /// The body's text.
    pub body: String,
    /// The fields of a form, if the body is one.
    pub form: Option<BTreeMap<String, String>>,
}

/// The documents of both services.
pub struct Documents(Vec<Value>);

impl Documents {
    /// Reads the documents from a folder.
    ///
    /// # Errors
    /// If a document is missing or is not YAML.
    pub fn read(folder: &Path) -> Result<Self> {
        let documents = NAMES.map(|name| {
            let path = folder.join(name);
            let text = fs::read_to_string(&path)
                .with_context(|| format!("cannot read {}", path.display()))?;
            serde_saphyr::from_str(&text).with_context(|| format!("{name} is not valid YAML"))
        });
        documents.into_iter().collect::<Result<_>>().map(Self)
    }

    /// Deviations of a request from the documents. A finding names the place and never the value.
    ///
    /// # Errors
    /// If a document has an invalid schema.
    pub fn findings(&self, request: &RecordedRequest) -> Result<Vec<String>> {
        let mut findings = Vec::new();
        let method = request.method.to_ascii_lowercase();
        let found = self.0.iter().find_map(|document| {
            let operation = document.get("paths")?.get(&request.path)?.get(&method)?;
            Some((document, operation))
        });
        let Some((document, operation)) = found else {
            return Ok(vec![format!(
                "no document has {} {}",
                request.method, request.path
            )]);
        };
        if request.query.is_some() {
            findings.push("the address has a query; none is documented".to_owned());
        }
        let place = format!("/paths/{}/{method}", escaped(&request.path));
        headers(document, operation, &place, request, &mut findings)?;
        body(document, operation, &place, request, &mut findings)?;
        authorization(document, operation, request, &mut findings);
        Ok(findings)
    }

    /// All example responses, as test input for the portal's readers.
    pub fn response_examples(&self) -> Vec<Example> {
        let mut examples = Vec::new();
        for document in &self.0 {
            for (path, method, operation) in operations(document) {
                for (status, response) in members(operation.get("responses")) {
                    let response = resolved(document, response);
                    for (media, content) in members(response.get("content")) {
                        for (name, example) in members(content.get("examples")) {
                            examples.push(Example {
                                path: path.clone(),
                                method: method.clone(),
                                status: status.clone(),
                                media: media.clone(),
                                name: name.clone(),
                                value: example.get("value").cloned().unwrap_or_default(),
                            });
                        }
                    }
                }
            }
        }
        examples
    }
}

/// An example response.
#[derive(Clone, Debug)]
pub struct Example {
    /// The path of the request.
    pub path: String,
    /// The method, in lower case.
    pub method: String,
    /// The status, which may be `5XX`.
    pub status: String,
    /// The media type.
    pub media: String,
    /// The example's name.
    pub name: String,
    /// The body: JSON, or the text of a body that is not JSON.
    pub value: Value,
}

fn members(value: Option<&Value>) -> impl Iterator<Item = (&String, &Value)> {
    value.and_then(Value::as_object).into_iter().flatten()
}

fn operations(document: &Value) -> impl Iterator<Item = (&String, &String, &Value)> {
    members(document.get("paths")).flat_map(|(path, methods)| {
        members(Some(methods)).map(move |(method, operation)| (path, method, operation))
    })
}

/// Resolves a reference within the document.
fn resolved<'a>(document: &'a Value, value: &'a Value) -> &'a Value {
    value
        .get("$ref")
        .and_then(Value::as_str)
        .and_then(|reference| document.pointer(reference.strip_prefix('#')?))
        .unwrap_or(value)
}

/// Escapes a reference token of a JSON pointer.
fn escaped(step: &str) -> String {
    step.replace('~', "~0").replace('/', "~1")
}

/// Violations by `value` of the schema at `place` in the document, without values.
fn violations(document: &Value, place: &str, value: &Value) -> Result<Vec<String>> {
    ensure!(
        document.pointer(place).is_some(),
        "the document has no {place}"
    );
    // The document itself with a reference at its root, so that its other references resolve.
    let mut schema = document.clone();
    if let Some(root) = schema.as_object_mut() {
        root.insert("$ref".to_owned(), json!(format!("#{place}")));
    }
    let validator = jsonschema::options()
        .with_draft(Draft::Draft202012)
        .build(&schema)
        .with_context(|| format!("{place} is not a valid schema"))?;
    Ok(validator
        .iter_errors(value)
        .map(|error| {
            format!(
                "{} breaks {}",
                error.instance_path().as_str(),
                error.schema_path().as_str()
            )
        })
        .collect())
}

fn headers(
    document: &Value,
    operation: &Value,
    place: &str,
    request: &RecordedRequest,
    findings: &mut Vec<String>,
) -> Result<()> {
    let parameters = operation.get("parameters").and_then(Value::as_array);
    let mut documented = vec!["authorization".to_owned()];
    for (index, parameter) in parameters.into_iter().flatten().enumerate() {
        let reference = parameter.get("$ref").and_then(Value::as_str);
        let place = reference
            .and_then(|reference| reference.strip_prefix('#'))
            .map_or_else(|| format!("{place}/parameters/{index}"), str::to_owned);
        let parameter = resolved(document, parameter);
        let name = parameter.get("name").and_then(Value::as_str);
        let name = name.unwrap_or_default().to_ascii_lowercase();
        match request.headers.get(&name) {
            Some(value) => {
                for violation in violations(document, &format!("{place}/schema"), &json!(value))? {
                    findings.push(format!("header {name}: {violation}"));
                }
            }
            None if parameter.get("required") == Some(&Value::Bool(true)) => {
                findings.push(format!("header {name} is missing"));
            }
            None => {}
        }
        documented.push(name);
    }
    for name in request.headers.keys() {
        let known = documented.contains(name)
            || BROWSERS_OWN.contains(&name.as_str())
            || name.starts_with("sec-")
            // The default of a browser.
            || (name == "accept" && request.headers.get(name).is_some_and(|value| value == "*/*"));
        if !known {
            findings.push(format!("header {name} is not documented"));
        }
    }
    Ok(())
}

fn body(
    document: &Value,
    operation: &Value,
    place: &str,
    request: &RecordedRequest,
    findings: &mut Vec<String>,
) -> Result<()> {
    let kind = request
        .headers
        .get("content-type")
        .map_or("", String::as_str);
    let kind = kind.split(';').next().unwrap_or_default().trim();
    let Some(documented) = operation.get("requestBody") else {
        if !request.body.is_empty() {
            findings.push("there is a body; none is documented".to_owned());
        }
        return Ok(());
    };
    let content = documented.get("content").and_then(|all| all.get(kind));
    if content.is_none() {
        findings.push("the body's media type is not documented".to_owned());
        return Ok(());
    }
    let value = if let Some(fields) = &request.form {
        fields
            .iter()
            .map(|(name, value)| (name.clone(), json!(value)))
            .collect::<Map<_, _>>()
            .into()
    } else if let Ok(value) = serde_json::from_str(&request.body) {
        value
    } else {
        findings.push("the body is no JSON".to_owned());
        return Ok(());
    };
    let place = format!("{place}/requestBody/content/{}/schema", escaped(kind));
    for violation in violations(document, &place, &value)? {
        findings.push(format!("body: {violation}"));
    }
    Ok(())
}

/// Checks that the session is sent by one of the documented schemes, and only where the document requires
/// it.
fn authorization(
    document: &Value,
    operation: &Value,
    request: &RecordedRequest,
    findings: &mut Vec<String>,
) {
    let security = operation
        .get("security")
        .or_else(|| document.get("security"));
    let schemes: Vec<&Value> = security
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .flat_map(|scheme| members(Some(scheme)).map(|(name, _)| name))
        .filter_map(|name| {
            document
                .get("components")?
                .get("securitySchemes")?
                .get(name)
        })
        .collect();
    let token = request.headers.get("authorization");
    let cookies = request.headers.get("cookie").map_or("", String::as_str);
    let has_cookie = |name: &str| {
        cookies.split(';').any(|pair| {
            pair.trim()
                .split_once('=')
                .is_some_and(|(found, _)| found == name)
        })
    };
    let by_cookie = schemes.iter().any(|scheme| {
        let name = scheme.get("name").and_then(Value::as_str);
        scheme.get("in").is_some_and(|place| place == "cookie") && name.is_some_and(has_cookie)
    });
    match (schemes.is_empty(), token) {
        (true, Some(_)) => findings.push("there is a token; none is documented".to_owned()),
        (true, None) => {}
        (false, None) if by_cookie => {}
        (false, Some(token)) if token.starts_with("Bearer ") => {}
        (false, Some(_)) => findings.push("the token has no scheme".to_owned()),
        (false, None) => findings.push("there is no token, nor a cookie in its place".to_owned()),
    }
    // A cookie of an earlier sign-in may be request, but only to a service that has cookies.
    let documents_one = members(
        document
            .get("components")
            .and_then(|all| all.get("securitySchemes")),
    )
    .any(|(_, scheme)| scheme.get("in").is_some_and(|place| place == "cookie"));
    if !cookies.is_empty() && !documents_one {
        findings.push("there is a cookie; none is documented".to_owned());
    }
}
