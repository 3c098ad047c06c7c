import { spawnSync } from 'node:child_process';
import { troubleIn } from '../../../lib/local/local-aws-logs.ts';

/** The line that a function of the pipeline logs. */
const logged = (file: string, name: string, said: object): string => {
  const { href } = new URL(`../../../lib/pipeline/${file}`, import.meta.url);
  const program = `import { ${name} } from '${href}'; ${name}(${JSON.stringify(said)});`;
  const args = ['--import', 'tsx', '--input-type=module', '--eval', program];
  const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  return `${stdout}${stderr}`.split('\n').find((one) => one.startsWith('{')) ?? '{}';
};

describe('what nothing was done about', () => {
  const of = 'AWS::S3::Bucket#logs';
  const line = logged('evaluate/overdue.ts', 'noteOverdue', { of, controls: ['S3.8', 'S3.5'] });

  it('is an error of the log that says which, and counted by CloudWatch', () => {
    expect(JSON.parse(line)).toMatchObject({
      level: 'ERROR',
      of,
      controls: ['S3.8', 'S3.5'],
      Unremediated: 2,
      mode: 'remediate',
      _aws: {
        CloudWatchMetrics: [
          { Namespace: 'Plumbline', Dimensions: [['mode']], Metrics: [{ Name: 'Unremediated' }] },
        ],
      },
    });
  });
});

const ended = { chain: 'sweep', of: 'AWS::S3::Bucket', why: 'page 7 leads to itself' };

describe('a chain that is ended', () => {
  const line = logged('runtime/end-chain.ts', 'endChain', ended);

  it('is an error of the log that says which, and why', () => {
    expect(JSON.parse(line)).toMatchObject({
      level: 'ERROR',
      chain: 'sweep',
      of: 'AWS::S3::Bucket',
      failure: 'page 7 leads to itself',
    });
    expect(troubleIn(line)).toBe('a chain of messages was ended: page 7 leads to itself');
  });

  it('is counted by CloudWatch: the metric and its dimension stand at the root of the line', () => {
    expect(JSON.parse(line)).toMatchObject({
      EndedChains: 1,
      chain: expect.any(String),
      _aws: {
        Timestamp: expect.any(Number),
        CloudWatchMetrics: [
          { Namespace: 'Plumbline', Dimensions: [['chain']], Metrics: [{ Name: 'EndedChains' }] },
        ],
      },
    });
  });
});
