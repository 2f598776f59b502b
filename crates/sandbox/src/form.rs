//! Readers of the two encodings in which a sign-in form may be sent.

use crate::request::BufferedRequest;
use crate::response::ContractViolation;
use axum::body::Body;
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::header::CONTENT_TYPE;

/// The fields of a form, as written.
pub(crate) type Fields = Vec<(String, String)>;

/// The fields of the request's body. `None` when the body is not a form at all.
pub(crate) async fn read(request: &BufferedRequest) -> Option<Result<Fields, ContractViolation>> {
    match request.media_type().as_str() {
        "application/x-www-form-urlencoded" => Some(Ok(form_urlencoded::parse(&request.body)
            .map(|(name, value)| (name.into_owned(), value.into_owned()))
            .collect())),
        "multipart/form-data" => Some(read_multipart(request).await),
        _ => None,
    }
}

async fn read_multipart(request: &BufferedRequest) -> Result<Fields, ContractViolation> {
    let invalid = |error: &dyn std::fmt::Display| {
        ContractViolation::new("form", format!("the form does not parse: {error}"))
    };
    let mut copy = Request::new(Body::from(request.body.clone()));
    if let Some(content_type) = request.headers.get(CONTENT_TYPE) {
        copy.headers_mut()
            .insert(CONTENT_TYPE, content_type.clone());
    }
    let mut form = Multipart::from_request(copy, &())
        .await
        .map_err(|error| invalid(&error))?;
    let mut fields = Fields::new();
    while let Some(field) = form.next_field().await.map_err(|error| invalid(&error))? {
        let name = field.name().unwrap_or_default().to_owned();
        if field.file_name().is_some() {
            return Err(ContractViolation::new(
                "fileField",
                format!("`{name}` is sent as a file"),
            ));
        }
        let value = field.text().await.map_err(|error| invalid(&error))?;
        fields.push((name, value));
    }
    Ok(fields)
}
