import type { Evaluation } from '@aws-sdk/client-config-service';
import { type Deployed, resourcesOf } from '../deploy/stack-values.ts';
import { errorAnswer, okAnswer } from '../endpoint/answer.ts';
import type { Answer, Before, DecodedCall } from '../endpoint/call.ts';

/** A custom rule as the stack asks for it. */
interface Rule {
  readonly name: string;
  readonly functionArn: string;
  readonly types: readonly string[];
}
/** The detail of a `Config Configuration Item Change` event. */
interface ItemChange {
  readonly messageType?: string;
  readonly configurationItem?: { readonly resourceType?: string };
  readonly configurationItemSummary?: { readonly resourceType?: string };
}
export interface ConfigRulesOptions {
  readonly stack: Deployed;
  readonly invoke: (functionArn: string, event: unknown) => Promise<unknown>;
}
export interface ConfigRules {
  readonly before: Before;
  /** Invokes the rules that the changed item concerns. */
  changed(change: ItemChange): Promise<void>;
}

const rulesIn = (stack: Deployed): readonly Rule[] =>
  resourcesOf('AWS::Config::ConfigRule', stack).map(({ id, properties }) => {
    const { Scope, Source } = properties as {
      Scope?: { ComplianceResourceTypes?: readonly string[] };
      Source?: { SourceIdentifier?: string };
    };
    return {
      name: `Plumbline-${id}`,
      functionArn: Source?.SourceIdentifier ?? '',
      types: Scope?.ComplianceResourceTypes ?? [],
    };
  });

const typeOf = ({ configurationItem, configurationItemSummary }: ItemChange) =>
  (configurationItem ?? configurationItemSummary)?.resourceType;

/** What AWS Config invokes a rule's function with. */
const invocationOf = (
  rule: Rule,
  change: ItemChange,
  resultToken: string,
  stack: ConfigRulesOptions['stack'],
) => ({
  version: '1.0',
  invokingEvent: JSON.stringify(change),
  ruleParameters: '{}',
  resultToken,
  eventLeftScope: false,
  executionRoleArn: `arn:aws:iam::${stack.account}:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig`,
  configRuleArn: arnOf(rule, stack),
  configRuleName: rule.name,
  configRuleId: rule.name,
  accountId: stack.account,
});

/** AWS Config's custom rules, which moto leaves out of a stack: invokes them and keeps what they answer. */
export const createConfigRules = ({ stack, invoke }: ConfigRulesOptions): ConfigRules => {
  const rules = rulesIn(stack);
  const ruleOfToken = new Map<string, Rule>();
  const evaluations = new Map<string, Map<string, Evaluation>>();

  const invocation = (rule: Rule, change: ItemChange) => {
    const resultToken = crypto.randomUUID();
    ruleOfToken.set(resultToken, rule);
    return invocationOf(rule, change, resultToken, stack);
  };

  const put = (call: DecodedCall) => {
    const { Evaluations = [], ResultToken = '' } = call.input as {
      Evaluations?: readonly Evaluation[];
      ResultToken?: string;
    };
    const rule = ruleOfToken.get(ResultToken);
    if (!rule) return refused(call, 'InvalidResultTokenException', 'The result token is invalid.');
    const fault = faultOf(Evaluations);
    if (fault) return refused(call, 'InvalidParameterValueException', fault);
    const kept = evaluations.get(rule.name) ?? new Map<string, Evaluation>();
    evaluations.set(rule.name, kept);
    for (const evaluation of Evaluations)
      kept.set(
        `${evaluation.ComplianceResourceType} ${evaluation.ComplianceResourceId}`,
        evaluation,
      );
    return okAnswer(call, { FailedEvaluations: [] });
  };

  const details = (call: DecodedCall) => {
    const name = String(call.input['ConfigRuleName']);
    if (!rules.some((rule) => rule.name === name))
      return refused(call, 'NoSuchConfigRuleException', `The ConfigRule '${name}' is invalid.`);
    const results = [...(evaluations.get(name)?.values() ?? [])];
    return okAnswer(call, { EvaluationResults: results.map((each) => resultOf(name, each)) });
  };

  const describe = (call: DecodedCall) => {
    const asked = call.input['ConfigRuleNames'];
    const found = rules.filter(({ name }) => !Array.isArray(asked) || asked.includes(name));
    if (found.length === 0) return undefined;
    return okAnswer(call, { ConfigRules: found.map((rule) => described(rule, stack)) });
  };

  const operations: Readonly<Record<string, (call: DecodedCall) => Answer | undefined>> = {
    DescribeConfigRules: describe,
    GetComplianceDetailsByConfigRule: details,
    PutEvaluations: put,
  };
  return {
    before: (call) =>
      call.service === 'config' && rules.length > 0
        ? operations[call.operation]?.(call)
        : undefined,
    changed: async (change) => {
      const concerned = rules.filter(({ types }) => types.includes(typeOf(change) ?? ''));
      await Promise.all(
        concerned.map((rule) => invoke(rule.functionArn, invocation(rule, change))),
      );
    },
  };
};

const arnOf = ({ name }: Rule, { region, account }: Deployed) =>
  `arn:aws:config:${region}:${account}:config-rule/${name}`;
const described = (rule: Rule, stack: Deployed) => ({
  ConfigRuleName: rule.name,
  ConfigRuleArn: arnOf(rule, stack),
  ConfigRuleId: rule.name,
  Scope: { ComplianceResourceTypes: rule.types },
  Source: { Owner: 'CUSTOM_LAMBDA', SourceIdentifier: rule.functionArn },
  ConfigRuleState: 'ACTIVE',
});

const refused = (call: DecodedCall, code: string, message: string) =>
  errorAnswer(call, { code, message, status: 400 });

// https://docs.aws.amazon.com/config/latest/APIReference/API_PutEvaluations.html and API_Evaluation.html
const faultOf = (evaluations: readonly Evaluation[]) => {
  if (evaluations.length > 100) return 'at most 100 evaluations can be put by one call';
  const long = evaluations.find(({ Annotation = '' }) => Annotation.length > 256);
  return long && `the annotation of ${long.ComplianceResourceId} is longer than 256 characters`;
};

const resultOf = (name: string, evaluation: Evaluation) => ({
  EvaluationResultIdentifier: {
    EvaluationResultQualifier: {
      ConfigRuleName: name,
      ResourceType: evaluation.ComplianceResourceType,
      ResourceId: evaluation.ComplianceResourceId,
    },
    OrderingTimestamp: evaluation.OrderingTimestamp,
  },
  ComplianceType: evaluation.ComplianceType,
  ResultRecordedTime: new Date(),
  Annotation: evaluation.Annotation,
});
