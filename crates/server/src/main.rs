//! Parses the arguments and calls the library.

fn main() -> std::process::ExitCode {
    dentpro_server::cli::run()
}
