import {
  defineControl,
  type Evidence,
  failUntil,
  notApplicable,
  passUntil,
  type Snapshot,
  unknown,
  type Verdict,
} from '../../model/control.ts';
import type { Where } from '../../model/resource-type.ts';
import { ears } from '../../resources/account/ears.ts';
import { isAtWork, isPlannedOnly } from '../../resources/account/own-stack.ts';
import { homeRegionOf } from '../../services/regions.ts';
import { plural } from '../../support/plural.ts';
import { ruleEvidence } from './shared/as-deployed.ts';
import { hubOf, unheardOf } from './shared/ears.ts';
import { queueEvidence } from './shared/stores-as-deployed.ts';

const needs = ['stack', 'eventRules', 'queues', 'hub'] as const;
type Facets = Snapshot<typeof ears, (typeof needs)[number]>;
type Hub = NonNullable<Facets['hub']>;

/** A rule that is disabled cannot tell of that itself: ears are looked at this often, whatever they tell. */
const lookedAtAgainMs = 4 * 3_600_000;
/** `cdk deploy --all` deploys the ears of each region after the stack that they tell. */
const deployedWithinMs = 3_600_000;

/** What is wanted to be heard, and no rule of the ears brings home; whatever the stack of the ears says. */
const unheard = (
  { eventRules }: Pick<Facets, 'eventRules'>,
  { wanted }: Hub,
  { account, region }: Where,
): readonly Evidence[] => {
  const hub = hubOf({ account, region: homeRegionOf(region) });
  if (wanted.length === 0)
    return [{ path: 'hub.wanted', actual: 'none', expected: `rules on ${hub.busArn}` }];
  return unheardOf(wanted, eventRules, hub).map(({ name, actual }) => ({
    path: `hub.wanted[${name}]`,
    actual,
    expected: `a rule with this pattern that brings events to ${hub.busArn}`,
  }));
};

export const earsHearTheirRegion = defineControl(ears, {
  id: 'PL.BLIND.7',
  title:
    'The rules that listen in a governed region, its ears, should tell Plumbline what changes there',
  severity: 'HIGH',
  rationale:
    'What ears no longer bring is not evaluated before the next sweep, and nobody is named for it.',
  standards: {},
  alarms: true,
  needs,
  evaluate(facets, { ref: { account, id: region }, regions, at }): Verdict {
    const { stack, hub } = facets;
    const again = new Date(at.getTime() + lookedAtAgainMs);
    const homeRegion = homeRegionOf(region);
    if (region === homeRegion)
      return notApplicable('the home region needs no rules that forward its events');
    if (!hub) return notApplicable(`Plumbline is not deployed in ${homeRegion}`);
    if (regions?.includes(region) === false)
      return notApplicable('the baseline does not govern this region');
    if (isAtWork(hub.status)) return unknown('Plumbline is being deployed');
    if (!stack || isPlannedOnly(stack.status)) {
      const evidence = [{ path: 'stack', actual: 'not there', expected: 'as it was deployed' }];
      return failUntil(again, 'nothing listens in this region', evidence);
    }
    // A stack can be kept at work for as long as somebody likes: what is not heard counts all the same.
    const changed = isAtWork(stack.status)
      ? []
      : [
          ...ruleEvidence(facets.eventRules, stack.resources),
          ...queueEvidence(facets.queues, stack.resources),
        ];
    const deaf = unheard(facets, hub, { account, region });
    if (changed.length + deaf.length === 0) return passUntil(again);
    const deployedBy = new Date(Date.parse(hub.changedAt) + deployedWithinMs);
    if (changed.length === 0 && at < deployedBy)
      return passUntil(deployedBy < again ? deployedBy : again);
    const reason =
      deaf.length === 0
        ? 'the ears are not as they were deployed'
        : hub.wanted.length === 0
          ? 'no rule at home takes what this region would bring'
          : `${deaf.length} of ${plural(hub.wanted.length, 'pattern')} of Plumbline ${deaf.length === 1 ? 'is' : 'are'} not brought from this region`;
    return failUntil(again, reason, [...deaf, ...changed]);
  },
  remediation: {
    advice:
      'Find out who changed the stack PlumblineEars-<region>, its rules or its queue, then deploy Plumbline again with all stacks: npx cdk deploy --all.',
    url: 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cross-region.html',
  },
});
