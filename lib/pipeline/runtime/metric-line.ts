/**
 * What makes CloudWatch count a line of the log by itself. The dimension's value stands in the line beside it:
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export const metricLine = (name: string, dimension: string, value: number) => ({
  [name]: value,
  _aws: {
    Timestamp: Date.now(),
    CloudWatchMetrics: [
      { Namespace: 'Plumbline', Dimensions: [[dimension]], Metrics: [{ Name: name }] },
    ],
  },
});
