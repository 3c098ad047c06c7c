# shellcheck shell=bash
# needs: kinds/homes kinds/file.fix
fix_homes() {
  local home each files
  home_files
  files=("${HOME_FILES[@]}")
  for home in "${HOMES[@]}"; do
    HOME_OF_FILES=${home#* }
    for each in "${files[@]}"; do
      [[ $each != "$HOME_OF_FILES "* && $each != "$HOME_OF_FILES/.ssh"* ]] || fix_file "$each" || return
    done
  done
}
