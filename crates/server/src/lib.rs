//! The DentPro server: REST API, web app and command line over PostgreSQL.
