.PHONY: run test check gen bench demo screenshots contact-sheet build
run:          ; @scripts/run.sh
test:         ; @scripts/test.sh
check:        ; @cargo check --workspace --all-targets && cargo xtask tidy
gen:          ; @scripts/gen.sh
bench:        ; @bench/run.sh
build:        ; @scripts/web.sh build && cargo build --release --package dentpro-server
demo: run
screenshots:  ; @scripts/screenshots.sh
contact-sheet: ; @scripts/contact-sheet.sh
