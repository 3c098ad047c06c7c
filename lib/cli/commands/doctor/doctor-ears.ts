import type { EventBridge, Rule } from '@aws-sdk/client-eventbridge';
import { sdkClients } from '../../../aws/clients.ts';
import { sorting } from '../../../aws/errors.ts';
import type { Baseline } from '../../../engine/baseline/baseline.ts';
import { earsStackName } from '../../../infrastructure/ears-names.ts';
import { earPatterns, otherRegions } from '../../../infrastructure/events/ear-patterns.ts';
import type { NamedPattern } from '../../../infrastructure/events/pattern.ts';
import type { Control } from '../../../model/control.ts';
import { earsBusName } from '../../../resources/account/own-prefix.ts';
import { resourceTypes } from '../../../resources/index.ts';
import { canonicalJson } from '../../../support/canonical-json.ts';
import { plural } from '../../../support/plural.ts';
import { decode } from '../../../support/wire.ts';
import { endpointUrl } from '../../environment.ts';
import type { Found, HostCheck } from './host-check.ts';

const again = 'npx cdk deploy --all';

/** The rules of the ears' stack, found by the name that CloudFormation gives them. */
const rulesOf = async (NamePrefix: string, events: EventBridge): Promise<readonly Rule[]> => {
  const rules: Rule[] = [];
  let NextToken: string | undefined;
  do {
    const page = await events.listRules({ NamePrefix, NextToken });
    rules.push(...(page.Rules ?? []));
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return rules;
};

const faultOf = async (
  { Name = '', State }: Rule,
  events: EventBridge,
): Promise<readonly string[]> => {
  if (State === 'DISABLED')
    return [`the rule ${Name} is disabled: find out who did it, then ${again}`];
  const { Targets = [] } = await events.listTargetsByRule({ Rule: Name });
  const isBrought = Targets.some(({ Arn }) => Arn?.endsWith(`:event-bus/${earsBusName}`));
  return isBrought ? [] : [`the rule ${Name} brings nothing to ${earsBusName}: ${again}`];
};

/** Whether the rules are there, enabled, and listen to what this version listens to. */
const look = async (
  prefix: string,
  wanted: readonly NamedPattern[],
  events: EventBridge,
): Promise<Found> => {
  const rules = await rulesOf(prefix, events);
  const told = { rules: rules.length };
  if (rules.length === 0) return { faults: [`nothing listens there: ${again}`], said: '', told };
  const heard = new Set(rules.map(({ EventPattern }) => canonicalJson(decode(EventPattern ?? ''))));
  const missing = wanted.filter(({ pattern }) => !heard.has(canonicalJson(pattern)));
  const lag = `the ears lag: ${missing.length} of ${plural(wanted.length, 'pattern')} of this version and baseline ${missing.length === 1 ? 'is' : 'are'} not listened to (${missing.map(({ name }) => name).join(', ')}): ${again}`;
  const faults = await Promise.all(rules.map((rule) => faultOf(rule, events)));
  return {
    faults: [...(missing.length > 0 ? [lag] : []), ...faults.flat()],
    said: `${plural(rules.length, 'rule listens', 'rules listen')} to what this version and baseline want heard`,
    told,
  };
};

/** Says of each other governed region whether its events come to the home region. */
export const checkEars = async (
  stack: string,
  baseline: Baseline,
  controls: readonly Control[],
): Promise<readonly HostCheck[]> => {
  const wanted = earPatterns({ types: resourceTypes, controls }, baseline);
  const endpoint = endpointUrl();
  return Promise.all(
    otherRegions(baseline).map(async (region) => {
      const of = { check: 'ears', title: 'What changes there should be heard', region } as const;
      const clients = sdkClients({ region, ...(endpoint === undefined ? {} : { endpoint }) });
      const events = await clients('eventbridge');
      const asked = await sorting({}, () =>
        look(`${earsStackName(stack, region)}-`, wanted, events),
      );
      if (asked.kind !== 'value') {
        const why = 'message' in asked ? asked.message : asked.kind;
        return { ...of, status: 'UNKNOWN', sentences: [why], told: {} };
      }
      const { faults, said, told } = asked.value;
      const isWell = faults.length === 0;
      return { ...of, status: isWell ? 'PASS' : 'FAIL', sentences: isWell ? [said] : faults, told };
    }),
  );
};
