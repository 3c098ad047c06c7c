import {
  defineControl,
  type Evidence,
  fail,
  notApplicable,
  pass,
  type Snapshot,
  unknown,
} from '../../model/control.ts';
import { deployment } from '../../resources/account/deployment.ts';
import { isAtWork } from '../../resources/account/own-stack.ts';
import { asRecord, text } from '../../support/untyped.ts';
import { busEvidence, functionEvidence, ruleEvidence } from './shared/as-deployed.ts';
import { writersEvidence } from './shared/own-policies.ts';
import { roleEvidence } from './shared/roles-as-deployed.ts';
import { keyEvidence, queueEvidence, tableEvidence } from './shared/stores-as-deployed.ts';

const needs = [
  'assetBuckets',
  'buses',
  'eventRules',
  'functions',
  'keys',
  'queues',
  'roles',
  'stack',
  'tables',
] as const;
type Facets = Snapshot<typeof deployment, (typeof needs)[number]>;
type Stack = NonNullable<Facets['stack']>;

const evidenceIn = (facets: Facets, { resources }: Stack): readonly Evidence[] =>
  [
    ...functionEvidence(facets.functions, resources),
    ...ruleEvidence(facets.eventRules, resources),
    ...busEvidence(facets.buses, resources),
    ...queueEvidence(facets.queues, resources),
    ...tableEvidence(facets.tables, resources),
    ...keyEvidence(facets.keys, resources),
    ...roleEvidence(facets.roles, resources),
    ...(facets.assetBuckets ?? []).flatMap(({ name, policy }) =>
      writersEvidence(`assetBuckets[${name}].policy`, policy),
    ),
  ].toSorted((a, b) => (a.path < b.path ? -1 : 1));

/** `functions[Plumbline-Evaluate…]` of each, once. */
const changedIn = (evidence: readonly Evidence[]): readonly string[] => [
  ...new Set(evidence.map(({ path }) => path.replace(/\].*$/, ']'))),
];

export const deploymentIsAsDeployed = defineControl(deployment, {
  id: 'PL.BLIND.5',
  title: 'Plumbline should be as it was deployed',
  severity: 'HIGH',
  rationale:
    'Whoever changes its functions, rules, queues, tables, key or roles around the stack can blind it, or act in its name.',
  standards: {},
  alarms: true,
  deployment: {
    calls: [
      'cloudformation:ContinueUpdateRollback',
      'cloudformation:CreateStack',
      'cloudformation:ExecuteChangeSet',
      'cloudformation:ExecuteStackRefactor',
      'cloudformation:RollbackStack',
      'cloudformation:UpdateStack',
    ],
    at: ({ stack }) => text(asRecord(stack)['changedAt']),
  },
  needs,
  evaluate(facets) {
    const { stack, eventRules, queues } = facets;
    if (!stack && eventRules.length + queues.length === 0)
      return notApplicable('Plumbline is not deployed in this region');
    if (!stack)
      return fail('the stack is gone, and parts of it are there', [
        { path: 'stack', actual: 'deleted', expected: 'as it was deployed' },
      ]);
    // CloudFormation is on its way from one template to the next; the stack is read again until it has arrived.
    if (isAtWork(stack.status)) return unknown('Plumbline is being deployed');
    const evidence = evidenceIn(facets, stack);
    if (evidence.length === 0) return pass;
    return fail(`not as it was deployed: ${changedIn(evidence).join(', ')}`, evidence);
  },
  remediation: {
    advice:
      'Find out who changed it and why, and put back what the evidence names; where that is not possible, deploy Plumbline anew.',
    url: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-stack-drift.html',
  },
});
