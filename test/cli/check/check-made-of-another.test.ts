import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inProcess } from '../run.ts';

/** The prod stage says all that the controls ask for; SAM makes another one of this API that says nothing. */
const api = `Transform: AWS::Serverless-2016-10-31
Resources:
  Api:
    Type: AWS::Serverless::Api
    Properties:
      StageName: prod
      TracingEnabled: true
      MethodSettings: [{ HttpMethod: '*', ResourcePath: '/*', LoggingLevel: INFO }]
`;

describe('what is made of another resource', () => {
  it('fails at that resource, and not at a property that it does not have', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'plumbline-made-'));
    try {
      const file = join(folder, 'api.yaml');
      writeFileSync(file, api);
      const asked = ['--control', 'APIGateway.1,APIGateway.3', '--json'];
      const { stdout } = await inProcess(['check', file, ...asked]);
      const { results } = JSON.parse(stdout);
      const places = results.map((one: Record<string, unknown>) => [
        one['control'],
        one['logicalId'],
        one['line'],
        one['endLine'],
      ]);
      expect(places).toEqual([
        ['APIGateway.1', 'ApiDeployment', 3, 3],
        ['APIGateway.3', 'ApiDeployment', 3, 3],
      ]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
