//! Holds requests, as the sandbox records them, against the OpenAPI documents of the two services: the
//! portal is lenient in what it reads and exact in what it sends, and this says whether it is exact.
//!
//! It must not know the portal, nor what any field means: the documents say all there is to say.

#![forbid(unsafe_code)]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use jsonschema::Draft;
use serde::Deserialize;
use serde_json::{Map, Value, json};

/// The documents, by their names in `docs/openapi/`.
const NAMES: [&str; 2] = ["patient.yaml", "staff.yaml"];

/// Headers that a browser writes by itself; all others are the portal's, and must be documented.
const BROWSERS_OWN: [&str; 12] = [
    "accept-encoding",
    "accept-language",
    "cache-control",
    "connection",
    "content-length",
    "content-type",
    // What is in it is looked at where a session is.
    "cookie",
    "host",
    "origin",
    "pragma",
    "priority",
    "user-agent",
];

/// A request, in the form of an entry of the sandbox's record. What else is in one is ignored.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct RecordedRequest {
    /// What the sandbox took the request for; `preflight` is the browser's own.
    #[serde(default)]
    pub call: String,
    /// The HTTP method.
    pub method: String,
    /// The path.
    pub path: String,
    /// What followed the question mark.
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
    /// Reads them from their folder.
    ///
    /// # Errors
    /// A document is missing or no YAML.
    pub fn read(folder: &Path) -> Result<Self> {
        let documents = NAMES.map(|name| {
            let path = folder.join(name);
            let text = fs::read_to_string(&path)
                .with_context(|| format!("cannot read {}", path.display()))?;
            serde_saphyr::from_str(&text).with_context(|| format!("{name} is no good YAML"))
        });
        documents.into_iter().collect::<Result<_>>().map(Self)
    }

    /// What of a request is not as documented; nothing, if it is. Says where, and never what was sent.
    ///
    /// # Errors
    /// A document says something that is no schema.
    pub fn findings(&self, sent: &RecordedRequest) -> Result<Vec<String>> {
        let mut findings = Vec::new();
        let method = sent.method.to_ascii_lowercase();
        let found = self.0.iter().find_map(|document| {
            let operation = document.get("paths")?.get(&sent.path)?.get(&method)?;
            Some((document, operation))
        });
        let Some((document, operation)) = found else {
            return Ok(vec![format!(
                "no document has {} {}",
                sent.method, sent.path
            )]);
        };
        if sent.query.is_some() {
            findings.push("the address has a query; none is documented".to_owned());
        }
        let place = format!("/paths/{}/{method}", escaped(&sent.path));
        headers(document, operation, &place, sent, &mut findings)?;
        body(document, operation, &place, sent, &mut findings)?;
        authorization(document, operation, sent, &mut findings);
        Ok(findings)
    }

    /// All examples of answers, so that the portal's readers can be tried with them.
    pub fn response_examples(&self) -> Vec<Example> {
        let mut examples = Vec::new();
        for document in &self.0 {
            for (path, method, operation) in operations(document) {
                for (status, answer) in members(operation.get("responses")) {
                    let answer = resolved(document, answer);
                    for (media, content) in members(answer.get("content")) {
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

/// An example of an answer.
#[derive(Clone, Debug)]
pub struct Example {
    /// The path it answers.
    pub path: String,
    /// The method, in lower case.
    pub method: String,
    /// The status, which may be `5XX`.
    pub status: String,
    /// The media type.
    pub media: String,
    /// The example's name.
    pub name: String,
    /// The example: JSON, or the text of an answer that is none.
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

/// What a reference within the document stands for.
fn resolved<'a>(document: &'a Value, value: &'a Value) -> &'a Value {
    value
        .get("$ref")
        .and_then(Value::as_str)
        .and_then(|reference| document.pointer(reference.strip_prefix('#')?))
        .unwrap_or(value)
}

/// A step of a JSON pointer.
fn escaped(step: &str) -> String {
    step.replace('~', "~0").replace('/', "~1")
}

/// What of `value` does not fit the schema at `place` in the document: places, no values.
fn violations(document: &Value, place: &str, value: &Value) -> Result<Vec<String>> {
    ensure!(
        document.pointer(place).is_some(),
        "the document has no {place}"
    );
    // The document itself, with a reference at its root, so that its other references hold.
    let mut schema = document.clone();
    if let Some(root) = schema.as_object_mut() {
        root.insert("$ref".to_owned(), json!(format!("#{place}")));
    }
    let validator = jsonschema::options()
        .with_draft(Draft::Draft202012)
        .build(&schema)
        .with_context(|| format!("{place} is no good schema"))?;
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
    sent: &RecordedRequest,
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
        match sent.headers.get(&name) {
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
    for name in sent.headers.keys() {
        let known = documented.contains(name)
            || BROWSERS_OWN.contains(&name.as_str())
            || name.starts_with("sec-")
            // Without one a browser sends its own.
            || (name == "accept" && sent.headers.get(name).is_some_and(|value| value == "*/*"));
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
    sent: &RecordedRequest,
    findings: &mut Vec<String>,
) -> Result<()> {
    let kind = sent.headers.get("content-type").map_or("", String::as_str);
    let kind = kind.split(';').next().unwrap_or_default().trim();
    let Some(documented) = operation.get("requestBody") else {
        if !sent.body.is_empty() {
            findings.push("there is a body; none is documented".to_owned());
        }
        return Ok(());
    };
    let content = documented.get("content").and_then(|all| all.get(kind));
    if content.is_none() {
        findings.push("the body's media type is not documented".to_owned());
        return Ok(());
    }
    let value = if let Some(fields) = &sent.form {
        fields
            .iter()
            .map(|(name, value)| (name.clone(), json!(value)))
            .collect::<Map<_, _>>()
            .into()
    } else if let Ok(value) = serde_json::from_str(&sent.body) {
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

/// Whether the session goes along where the document wants one, in one of its ways, and nowhere else.
fn authorization(
    document: &Value,
    operation: &Value,
    sent: &RecordedRequest,
    findings: &mut Vec<String>,
) {
    let security = operation
        .get("security")
        .or_else(|| document.get("security"));
    let ways: Vec<&Value> = security
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .flat_map(|way| members(Some(way)).map(|(name, _)| name))
        .filter_map(|name| {
            document
                .get("components")?
                .get("securitySchemes")?
                .get(name)
        })
        .collect();
    let token = sent.headers.get("authorization");
    let cookies = sent.headers.get("cookie").map_or("", String::as_str);
    let has_cookie = |name: &str| {
        cookies.split(';').any(|pair| {
            pair.trim()
                .split_once('=')
                .is_some_and(|(found, _)| found == name)
        })
    };
    let by_cookie = ways.iter().any(|way| {
        let name = way.get("name").and_then(Value::as_str);
        way.get("in").is_some_and(|place| place == "cookie") && name.is_some_and(has_cookie)
    });
    match (ways.is_empty(), token) {
        (true, Some(_)) => findings.push("there is a token; none is documented".to_owned()),
        (true, None) => {}
        (false, None) if by_cookie => {}
        (false, Some(token)) if token.starts_with("Bearer ") => {}
        (false, Some(_)) => findings.push("the token has no scheme".to_owned()),
        (false, None) => findings.push("there is no token, nor a cookie in its place".to_owned()),
    }
    // One that an earlier sign-in left may go along; to a service that has none, none may.
    let documents_one = members(
        document
            .get("components")
            .and_then(|all| all.get("securitySchemes")),
    )
    .any(|(_, way)| way.get("in").is_some_and(|place| place == "cookie"));
    if !cookies.is_empty() && !documents_one {
        findings.push("there is a cookie; none is documented".to_owned());
    }
}
