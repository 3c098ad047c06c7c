# shellcheck shell=bash
# needs: kinds/unit
# Logs leave the host: by rsyslog, to another host, or by an agent that takes logs.

# Where rsyslog sends to: "@host" after a selector or "&", or the target of an action of omfwd or omrelp.
rsyslog_targets() {
  local text
  text=$(sed -E 's/(^|[[:space:]])#.*//' "$ROOT"/etc/rsyslog.conf "$ROOT"/etc/rsyslog.d/*.conf 2>/dev/null)
  grep -Eo '(^|[[:space:]&])@@?(\([^)]*\))?(\[[0-9A-Fa-f:]+\]|[A-Za-z0-9][A-Za-z0-9._-]*)' <<<"$text" | sed -E 's/^[[:space:]&]?@@?(\([^)]*\))?//'
  tr '\n' ' ' <<<"$text" | grep -Eio 'action *\([^)]*\)' | grep -Ei 'type *= *"om(fwd|relp)"' | grep -Eio 'target *= *"[^"]*"' | cut -d'"' -f2
}

# The agent of CloudWatch may only have metrics.
cloudwatch_takes_logs() {
  local files=("$ROOT"/opt/aws/amazon-cloudwatch-agent/etc/{amazon-cloudwatch-agent.json,amazon-cloudwatch-agent.d/*})
  files=("${files[@]}" "$ROOT"/opt/aws/amazon-cloudwatch-agent/bin/config.json)
  ! grep -qs metrics "${files[@]}" || grep -qs logs_collected "${files[@]}"
}

audit_log_shipping() {
  local away='' agents='awslogsd.service|systemd-journal-upload.service|fluent-bit.service|td-agent.service|vector.service|filebeat.service|datadog-agent.service'
  while read -r REPLY; do
    [[ ${REPLY,,} == @(localhost*|127.*|'[::1]'|::1|0.0.0.0) ]] || away=$REPLY
  done < <(rsyslog_targets)
  if [[ -n $away ]] && { unit_state rsyslog.service; [[ $REPLY == enabled\ active ]]; }; then
    pass rsyslog
  else
    ! cloudwatch_takes_logs || agents="amazon-cloudwatch-agent.service|$agents"
    audit_unit on "$agents"
  fi
}
