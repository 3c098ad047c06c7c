/** AWS's quotas that a template can break. Those that AWS raises on request stand here as every account has them. */
export const quotas = {
  /** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-policies.html */
  queuePolicy: {
    bytes: 8192,
    statements: 20,
    conditions: 10,
    principals: 50,
    actionsOfAStatement: 7,
  },
  /** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html; white space is not counted. */
  iam: {
    inlineCharactersOfARole: 10_240,
    managedPolicyCharacters: 6144,
    managedPoliciesOfARole: 10,
    trustPolicyCharacters: 2048,
    roleDescriptionCharacters: 1000,
  },
  /** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
  lambda: { environmentBytes: 4096 },
  /** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html, for a template in S3 */
  cloudFormation: {
    templateBytes: 1_000_000,
    resources: 500,
    outputs: 200,
    parameters: 200,
    mappings: 200,
    namesOfAMapping: 200,
  },
  /** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html */
  eventBridge: {
    policyCharacters: 10_240,
    rulesOfABus: 300,
    patternCharacters: 2048,
    targetsOfARule: 5,
  },
  /** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html */
  dynamodb: { indexesOfATable: 20, indexesMadeByAnUpdate: 1 },
  /** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_CreateDocument.html */
  ssm: { documentBytes: 65_536 },
  /** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-limits.html */
  cloudWatch: { metricsOfAnAlarm: 10 },
} as const;
