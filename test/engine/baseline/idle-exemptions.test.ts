import { allControls } from '../../../lib/controls/index.ts';
import { parseBaseline } from '../../../lib/engine/baseline/baseline.ts';
import { idleExemptions, idleText } from '../../../lib/engine/baseline/idle-exemptions.ts';

const now = new Date('2026-06-15T12:00:00Z');
const told = async (control: string, resource: string, expires = '2027-01-31', more = '') => {
  const controls = await allControls();
  const exemption = JSON.stringify({ control, resource, owner: 'web', reason: 'site', expires });
  const text = `${more}\nexemptions: [${exemption}]`;
  const baseline = parseBaseline(text, 'plumbline.yaml', controls);
  return idleExemptions(baseline, controls, now).map(idleText);
};

describe('an exemption that does nothing is told', () => {
  const idle: Record<string, [args: Parameters<typeof told>, why: RegExp]> = {
    'that is over': [['S3.8', 'site', '2026-06-14'], /: it was over on 2026-06-14$/],
    'of a control that is off': [
      ['S3.8', 'site', '2027-01-31', 'controls: { S3.8: { enabled: false } }'],
      /: the baseline does not enable S3\.8$/,
    ],
    'for an ARN of another service': [
      ['S3.8', 'arn:aws:ec2:us-east-1:123456789012:security-group/sg-1'],
      /: S3\.8 evaluates AWS::S3::Bucket, and this is an ARN of ec2$/,
    ],
    'for every resource': [['S3.8', '**'], /: it exempts every resource: turn S3\.8 off instead$/],
    'for every ARN': [['S3.8', 'arn:**'], /: it exempts every resource/],
  };
  it.each(Object.entries(idle))('%s', async (_, [args, why]) => {
    const [sentence, ...others] = await told(...args);
    expect(sentence).toMatch(why);
    expect(sentence).toMatch(/^the exemption of S3\.8 for \S+ by web: /);
    expect(others).toEqual([]);
  });

  it.each([
    ['S3.8', 'arn:aws:s3:::site'],
    ['S3.8', 'arn:*:s3:::site-*'],
    ['S3.1', 'arn:aws:iam::123456789012:root'],
    ['IAM.1', 'arn:aws:iam::123456789012:policy/emergency'],
    ['RDS.2', 'arn:aws:rds:eu-west-1:123456789012:db:*'],
    ['EC2.13', 'sg-1'],
  ])('but not one of %s for %s', async (control, resource) => {
    expect(await told(control, resource)).toEqual([]);
  });
});
