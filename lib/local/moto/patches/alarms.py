"""What moto's alarms lack, and what it does of metric filters otherwise than AWS."""

from patching import after


def switch_actions(module):
    """An alarm keeps its actions, and takes none while they are off; a name that no alarm has is passed over.

    https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DisableAlarmActions.html
    """

    def switching(is_on):
        def switch(response):
            for name in response._get_param("AlarmNames", []):
                alarm = response.cloudwatch_backend.alarms.get(name)
                if alarm is not None:
                    alarm.actions_enabled = is_on
            return module.EmptyResult()

        return switch

    module.CloudWatchResponse.disable_alarm_actions = switching(False)
    module.CloudWatchResponse.enable_alarm_actions = switching(True)


def replace_filters(module):
    """A filter takes the place of the one of its name; moto shows both.

    https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutMetricFilter.html
    """

    def forget_others(owner, _, filter_name, __, log_group_name, *___, **____):
        mine = (filter_name, log_group_name)
        *others, last = owner.metric_filters
        owner.metric_filters = [one for one in others if (one["filterName"], one["logGroupName"]) != mine] + [last]

    after(module.MetricFilters, "add_filter", forget_others)


patches = {"moto.cloudwatch.responses": switch_actions, "moto.logs.metric_filters": replace_filters}
