# shellcheck shell=bash
# needs: kinds/unit

audit_log_shipping() {
  local file
  file=$(grep -Els '^[^#]*(@@?[][a-zA-Z0-9(]|om(fwd|relp))' "$ROOT"/etc/rsyslog.conf "$ROOT"/etc/rsyslog.d/*.conf)
  if [[ -n $file ]] && { unit_state rsyslog.service; [[ $REPLY == enabled\ active ]]; }; then
    pass rsyslog
  else
    audit_unit on 'amazon-cloudwatch-agent.service|awslogsd.service|systemd-journal-upload.service|fluent-bit.service|td-agent.service|vector.service|filebeat.service|datadog-agent.service'
  fi
}
