import { spawnSync } from 'node:child_process';
import { troubleIn } from '../../../lib/local/local-aws-logs.ts';

const file = new URL('../../../lib/pipeline/runtime/end-chain.ts', import.meta.url).href;
const ended = { chain: 'sweep', of: 'AWS::S3::Bucket', why: 'page 7 leads to itself' };

describe('a chain that is ended', () => {
  const program = `import { endChain } from '${file}'; endChain(${JSON.stringify(ended)});`;
  const args = ['--import', 'tsx', '--input-type=module', '--eval', program];
  const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  const line = `${stdout}${stderr}`.split('\n').find((one) => one.startsWith('{')) ?? '{}';

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
