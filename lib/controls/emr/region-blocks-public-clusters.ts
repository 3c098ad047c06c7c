import {
  call,
  defineControl,
  type Evidence,
  fail,
  pass,
  type Snapshot,
  unknown,
} from '../../model/control.ts';
import { emrRegion } from '../../resources/account/emr-region.ts';

type Block = Snapshot<typeof emrRegion, 'publicBlock'>['publicBlock'];

const isSsh = ({ from, to }: Block['exceptions'][number]): boolean => from === 22 && to === 22;

const put = (isOn: boolean, exceptions: Block['exceptions']) =>
  call('emr', 'putBlockPublicAccessConfiguration', {
    BlockPublicAccessConfiguration: {
      BlockPublicSecurityGroupRules: isOn,
      PermittedPublicSecurityGroupRuleRanges: exceptions.map(({ from, to }) => ({
        MinRange: from,
        MaxRange: to,
      })),
    },
  });

// "The control fails if the block public access setting isn't enabled or if any port other than port 22 is allowed":
// https://docs.aws.amazon.com/securityhub/latest/userguide/emr-controls.html#emr-2
export const regionBlocksPublicClusters = defineControl(emrRegion, {
  id: 'EMR.2',
  title: 'Amazon EMR block public access setting should be enabled',
  severity: 'CRITICAL',
  rationale:
    'The block keeps every cluster from being launched whose security groups let everybody in.',
  standards: {
    'fsbp-1.0.0': ['EMR.2'],
    'nist-800-53-r5': [
      ...['AC-21', 'AC-3', 'AC-3(7)', 'AC-4', 'AC-4(21)', 'AC-6', 'SC-7'],
      ...['SC-7(11)', 'SC-7(16)', 'SC-7(20)', 'SC-7(21)', 'SC-7(3)', 'SC-7(4)', 'SC-7(9)'],
    ],
    'pci-dss-4.0.1': ['1.4.4'],
  },
  needs: ['publicBlock'],
  evaluate({ publicBlock: { isOn, exceptions } }) {
    if (isOn === undefined) return unknown('the block is not in the answer of EMR');
    const open = exceptions.flatMap((one, index): readonly Evidence[] =>
      isSsh(one)
        ? []
        : [{ path: `publicBlock.exceptions[${index}]`, actual: one, expected: 'port 22 alone' }],
    );
    if (!isOn)
      return fail('clusters that let everybody in can be launched', [
        { path: 'publicBlock.isOn', actual: false, expected: true },
      ]);
    if (open.length === 0) return pass;
    return fail('clusters may let everybody in on ports other than 22', open);
  },
  remediation: {
    advice:
      'Turn on Block public access of EMR in each region, with no exception but port 22. Clusters that run already stay as they are.',
    grants: [
      {
        actions: ['elasticmapreduce:PutBlockPublicAccessConfiguration'],
        // IAM knows no ARN of it.
        on: () => ['*'],
      },
    ],
    plan: ({ publicBlock: { isOn = true, exceptions } }) => ({
      kind: 'calls',
      risk: 'safe',
      summary: 'keeps clusters from being launched that let everybody in on ports other than 22',
      calls: [put(true, exceptions.filter(isSsh))],
      undo: { calls: [put(isOn, exceptions)], widensAccess: true },
    }),
  },
});
