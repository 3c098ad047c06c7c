import { allControls } from '../../../lib/controls/index.ts';
import { sampled } from '../../extent.ts';
import { growthOf, mostPerDoubling } from './cost.ts';
import { growing, type Sight } from './shapes.ts';

const { shapes, controls, fixed } = await growing();
const [small, large, rounds] = [250, 2000, 40];

/** What of a control takes more than `mostPerDoubling` times as long for twice as many. */
const tooSteep = ({ control, prepared }: Sight): readonly string[] => {
  const kinds = ['evaluate', 'plan'] as const;
  const isPlanned = prepared(small, 0).evaluate().status === 'FAIL';
  return kinds.flatMap((kind) => {
    if (kind === 'plan' && !isPlanned) return [];
    const growth = growthOf((size, round) => prepared(size, round)[kind], small, large, rounds);
    return growth <= mostPerDoubling ? [] : [`${control.id} ${kind}: ×${growth.toFixed(2)}`];
  });
};

describe('no control, and no plan, takes more than 2.3 times as long for twice as many', () => {
  it.each(sampled(shapes, { quick: 48, usual: 12 }).map((shape) => [shape.title, shape] as const))(
    '%s',
    (_, { sights }) => {
      expect(sights.flatMap(tooSteep)).toEqual([]);
    },
  );

  it('is tried of every control that looks at a list', async () => {
    const ids = (all: readonly { readonly id: string }[]) => all.map(({ id }) => id).toSorted();
    expect(ids(controls)).toEqual(ids(await allControls()));
    // What these look at is one setting, or one resource's few.
    expect(ids(fixed).filter((id) => !/^(?:RDS|KMS)\./.test(id))).toEqual([
      ...[
        'APIGateway.2',
        'APIGateway.3',
        'APIGateway.4',
        'APIGateway.8',
        'APIGateway.9',
        'Account.1',
        'AutoScaling.3',
      ],
      ...[
        'AutoScaling.4',
        'Autoscaling.5',
        'CloudFront.15',
        'CloudFront.5',
        'CloudFront.6',
        'CloudFront.7',
        'CloudFront.8',
      ],
      ...[
        'CloudTrail.2',
        'CloudTrail.4',
        'CloudTrail.5',
        'CloudTrail.7',
        'Cognito.2',
        'DMS.1',
        'DMS.13',
      ],
      ...[
        'DMS.6',
        'DocumentDB.1',
        'DocumentDB.2',
        'DocumentDB.5',
        'DynamoDB.2',
        'DynamoDB.6',
        'EC2.15',
      ],
      ...['EC2.170', 'EC2.172', 'EC2.182', 'EC2.23', 'EC2.24', 'EC2.4', 'EC2.7'],
      ...['EC2.8', 'ECR.1', 'ECR.3', 'ECS.10', 'ECS.12', 'ECS.2', 'EFS.1'],
      ...['EFS.3', 'EFS.4', 'EFS.7', 'EFS.8', 'EKS.2', 'ELB.12', 'ELB.14'],
      ...['ELB.4', 'ELB.5', 'ELB.6', 'ELB.7', 'ELB.9'],
      ...[1, 2, 3, 4, 5, 6, 7].map((n) => `ElastiCache.${n}`),
      ...['IAM.10', 'IAM.11'],
      ...['IAM.12', 'IAM.13', 'IAM.14', 'IAM.15', 'IAM.16', 'IAM.17', 'IAM.26'],
      ...['IAM.4', 'IAM.7', 'IAM.9', 'Inspector.1', 'Inspector.2', 'Inspector.3', 'Inspector.4'],
      ...[
        'Kinesis.1',
        'Kinesis.3',
        'Lambda.2',
        'Neptune.1',
        'Neptune.4',
        'Neptune.5',
        'Opensearch.10',
      ],
      ...[
        'PL.BLIND.3',
        'PL.BLIND.8',
        'PL.EC2.10',
        'PL.EC2.12',
        'PL.EC2.8',
        'PL.EC2.9',
        'PL.ELASTICACHE.1',
      ],
      ...[
        'PL.IAM.8',
        'PL.ORG.1',
        'PL.ORG.2',
        'PL.SWITCH.1',
        'Redshift.1',
        'Redshift.10',
        'Redshift.18',
        'Redshift.3',
        'Redshift.4',
      ],
      ...[
        'Redshift.6',
        'Redshift.7',
        'Redshift.8',
        'RedshiftServerless.1',
        'RedshiftServerless.2',
        'RedshiftServerless.3',
        'Route53.2',
      ],
      ...['S3.1', 'S3.14', 'S3.19', 'S3.24', 'SNS.1', 'SQS.1', 'SSM.1', 'SSM.2'],
      ...[
        'SSM.3',
        'SSM.6',
        'SSM.7',
        'SageMaker.1',
        'SageMaker.2',
        'SageMaker.3',
        'SecretsManager.1',
      ],
      ...['SecretsManager.2', 'SecretsManager.3', 'SecretsManager.4'],
    ]);
  });
});

describe('a cost that grows', () => {
  const burn = (steps: number) => {
    let sum = 0;
    for (let step = 0; step < steps; step++) sum += Math.sqrt(step);
    return sum;
  };
  it('is told from one that grows with the square', () => {
    expect(growthOf((size) => () => burn(size * 1000), small, large, rounds)).toBeLessThan(2.3);
    expect(growthOf((size) => () => burn(size ** 2 * 8), small, large, 3, 0)).toBeGreaterThan(3);
  });
});
