import { defineControl, fail, notApplicable, pass, type Snapshot } from '../../model/control.ts';
import { deployment } from '../../resources/account/deployment.ts';
import { plural } from '../../support/plural.ts';
import { admissionOf, nameIn, ruleIn } from './shared/own-queues.ts';

type Rule = Snapshot<typeof deployment, 'eventRules'>['eventRules'][number];

const faultOf = (rule: Rule | undefined): string | undefined => {
  if (!rule) return 'deleted';
  if (rule.state === 'DISABLED') return 'disabled';
  const isHeard = rule.targets.some((target) => nameIn(target).startsWith('Plumbline-'));
  return isHeard ? undefined : 'without a target of Plumbline';
};

export const ownRulesAreEnabled = defineControl(deployment, {
  id: 'PL.BLIND.4',
  title: "Plumbline's EventBridge rules should be there, enabled, and bring events to it",
  severity: 'HIGH',
  rationale: 'What a rule no longer brings is not evaluated before the next sweep.',
  standards: {},
  needs: ['eventRules', 'queues'],
  evaluate({ eventRules, queues }, { ref }) {
    if (eventRules.length + queues.length === 0)
      return notApplicable('Plumbline is not deployed in this region');
    const listed = new Map(eventRules.map((rule) => [ruleIn(rule.arn), rule]));
    // The stack's queues name each rule that may send to them: a rule that was deleted is still named there.
    const named = queues.flatMap(({ policy }) => admissionOf(policy, ref).rules.map(ruleIn));
    const names = [...new Set([...listed.keys(), ...named])].toSorted();
    const evidence = names.flatMap((name) => {
      const actual = faultOf(listed.get(name));
      return actual ? [{ path: `eventRules[${name}]`, actual, expected: 'enabled' }] : [];
    });
    if (names.length === 0)
      return fail('there is no rule', [{ path: 'eventRules', actual: [], expected: 'rules' }]);
    if (evidence.length === 0) return pass;
    return fail(`${evidence.length} of ${plural(names.length, 'rule')} bring no event`, evidence);
  },
  remediation: {
    advice: 'Enable the rule, or deploy Plumbline again, which puts back rules and targets.',
    url: 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-delete-rule.html',
  },
});
