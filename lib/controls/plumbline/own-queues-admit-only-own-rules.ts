import {
  defineControl,
  type Evidence,
  fail,
  notApplicable,
  pass,
  type Snapshot,
} from '../../model/control.ts';
import type { Ref } from '../../model/resource-type.ts';
import { accountRegion } from '../../resources/account/account-region.ts';
import { admissionOf, nameIn } from './shared/own-queues.ts';

type Facets = Snapshot<typeof accountRegion, 'eventRules' | 'queues'>;

const expected = 'only rules of Plumbline, and each of them';

const foreignIn = ({ queues }: Facets, ref: Ref): readonly Evidence[] =>
  queues.flatMap(({ arn, policy }) =>
    admissionOf(policy, ref).foreign.map(({ path, fault }) => ({
      path: `queues[${nameIn(arn)}].${path}`,
      actual: fault,
      expected,
    })),
  );

/** Queues that a rule sends to and that turn it away, or are gone. */
const closedIn = ({ queues, eventRules }: Facets, ref: Ref): readonly Evidence[] => {
  const admitted = new Map(queues.map(({ arn, policy }) => [arn, admissionOf(policy, ref).rules]));
  return eventRules.flatMap((rule) =>
    rule.targets
      .filter(
        (target) => target.split(':')[2] === 'sqs' && !admitted.get(target)?.includes(rule.arn),
      )
      .map((target) => ({
        path: `queues[${nameIn(target)}]`,
        actual: admitted.has(target) ? `turns away ${rule.name}` : 'deleted',
        expected,
      })),
  );
};

export const ownQueuesAdmitOnlyOwnRules = defineControl(accountRegion, {
  id: 'PL.BLIND.5',
  title: "Plumbline's queues should admit Plumbline's rules and nobody else",
  severity: 'HIGH',
  rationale:
    'Whoever else can send to the queues can keep Plumbline busy; whoever shuts them keeps it blind.',
  standards: {},
  needs: ['eventRules', 'queues'],
  evaluate(facets, { ref }) {
    if (facets.eventRules.length + facets.queues.length === 0)
      return notApplicable('Plumbline is not deployed in this region');
    const foreign = foreignIn(facets, ref);
    const closed = closedIn(facets, ref);
    const evidence = [...foreign, ...closed].toSorted((a, b) => (a.path < b.path ? -1 : 1));
    if (evidence.length === 0) return pass;
    const faults = [
      ...(foreign.length > 0 ? ['a policy was changed'] : []),
      ...(closed.length > 0 ? ['a queue turns rules away'] : []),
    ];
    return fail(faults.join(', and '), evidence);
  },
  remediation: {
    advice: 'Deploy Plumbline again, which puts back the policies of its queues.',
    url: 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html',
  },
});
