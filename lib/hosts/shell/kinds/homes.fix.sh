# shellcheck shell=bash
# needs: kinds/homes kinds/file.fix
fix_homes() {
  home_files
  fix_file "${HOME_FILES[@]}"
}
