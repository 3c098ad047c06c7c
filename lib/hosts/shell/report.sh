# shellcheck shell=bash
# The answer of an audit.

in_area() { [[ ,$AREAS, == *",$1,"* ]]; }

# The SSM agent keeps 24,000 characters of a command's output: longer texts give way until all fits. $1 is further JSON members.
report() {
  local name host='' length results asked=some
  [[ $CONTROLS != all ]] || asked=all
  for name in "${!FACT[@]}"; do
    json_text "${FACT[$name]}" 60
    [[ -z $REPLY ]] || host+="${host:+,}\"$name\":\"$REPLY\""
  done
  for length in 120 60 30 0; do
    results_json "$length"
    results=$REPLY
    ((${#results} + ${#host} + ${#1} < 23000)) && break
  done
  printf '{"v":1,"document":"%s","host":{%s},"areas":["%s"],"controls":"%s",%s"results":[%s]}\n' \
    "$DOCUMENT" "$host" "${AREAS//,/\",\"}" "$asked" "$1" "$results"
}
