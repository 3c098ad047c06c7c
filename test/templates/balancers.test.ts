import { writtenAt } from '../../lib/templates/check/locate.ts';
import { Stack } from '../../lib/templates/stack.ts';
import { checkedIn, templateFrom, verdictOf } from './checking.ts';

const template = (resources: string) =>
  `Parameters: {Open: {Type: String}, Many: {Type: 'List<AWS::EC2::Subnet::Id>'}}\nResources:\n${resources}`;
const of = (id: string, type: string, properties: string) =>
  `  ${id}: {Type: 'AWS::ElasticLoadBalancingV2::${type}', Properties: ${properties}}\n`;
const balancer = (more = '') => of('It', 'LoadBalancer', `{Subnets: [a, b], ${more}}`);
const attribute = (key: string, value: string) =>
  balancer(`LoadBalancerAttributes: [{Key: ${key}, Value: ${value}}]`);
const listener = (more: string, id = 'Listener', of_ = '!Ref It') =>
  of(id, 'Listener', `{LoadBalancerArn: ${of_}, Port: 80, ${more}}`);
const http = (...actions: readonly string[]) =>
  `Protocol: HTTP, DefaultActions: [${actions.join(', ')}]`;
const redirect = '{Type: redirect, RedirectConfig: {Protocol: HTTPS, StatusCode: HTTP_301}}';
const forward = '{Type: forward, TargetGroupArn: a}';
const rule = (action: string, to = '!Ref Listener') =>
  of('Rule', 'ListenerRule', `{ListenerArn: ${to}, Priority: 1, Actions: [${action}]}`);
const https = (policy: string) => `Protocol: HTTPS, DefaultActions: [${forward}]${policy}`;
const open = 'the parameter Open, which has no default';
const drops = 'routing.http.drop_invalid_header_fields.enabled';

it.each<[name: string, resources: string, control: string, verdict: string, of?: string]>([
  ['one with nothing set', balancer(), 'ELB.6', 'FAIL'],
  ['deletion protection', attribute('deletion_protection.enabled', 'true'), 'ELB.6', 'PASS'],
  [
    'deletion protection in capital letters',
    attribute('deletion_protection.enabled', "'True'"),
    'ELB.6',
    'PASS',
  ],
  [
    'deletion protection of another text',
    attribute('deletion_protection.enabled', "'Truth'"),
    'ELB.6',
    'FAIL',
  ],
  ['headers that are kept', attribute(drops, "'FALSE'"), 'ELB.4', 'FAIL'],
  [
    'deletion protection that who knows says',
    attribute('deletion_protection.enabled', '!Ref Open'),
    'ELB.6',
    `UNKNOWN it depends on ${open}`,
  ],
  ['headers by default', balancer(), 'ELB.4', 'FAIL'],
  ['headers that are dropped', attribute(drops, "'true'"), 'ELB.4', 'PASS'],
  ['headers of a Network Load Balancer', balancer('Type: network'), 'ELB.4', 'NOT_APPLICABLE'],
  ['the mode by default', balancer(), 'ELB.12', 'PASS by default'],
  [
    'the mode monitor',
    attribute('routing.http.desync_mitigation_mode', 'monitor'),
    'ELB.12',
    'FAIL',
  ],
  ['two subnets', balancer(), 'ELB.13', 'PASS'],
  ['one subnet', of('It', 'LoadBalancer', '{Type: network, Subnets: [a]}'), 'ELB.13', 'FAIL'],
  [
    'two mappings',
    of('It', 'LoadBalancer', '{SubnetMappings: [{SubnetId: a}, {SubnetId: !Ref Open}]}'),
    'ELB.13',
    'PASS',
  ],
  [
    'as many subnets as who knows says',
    of('It', 'LoadBalancer', '{Subnets: !Ref Many}'),
    'ELB.13',
    'UNKNOWN zones is not known: the parameter Many, which has no default',
  ],
  ['HTTP that redirects', balancer() + listener(http(redirect)), 'ELB.1', 'PASS'],
  ['HTTP that forwards', balancer() + listener(http(forward)), 'ELB.1', 'FAIL'],
  // "… with a default of HTTP": the provider's documentation of aws_lb_listener.
  ...(
    [
      ['forwards', forward, '', 'FAIL'],
      ['redirects', redirect, '', 'PASS'],
      ['is of a Network Load Balancer', forward, 'Type: network', 'NOT_APPLICABLE'],
    ] as const
  ).map(([what, action, more, verdict]): [string, string, string, string] => [
    `a listener without a protocol that ${what}`,
    balancer(more) + listener(`DefaultActions: [${action}]`),
    'ELB.1',
    verdict,
  ]),
  ['a rule that forwards', balancer() + listener(http(redirect)) + rule(forward), 'ELB.1', 'FAIL'],
  [
    'a rule of another listener',
    balancer() + listener(http(redirect)) + rule(forward, 'arn-of-another'),
    'ELB.1',
    'PASS',
  ],
  [
    'a listener of a load balancer that another stack makes',
    listener(http(forward), 'Listener', '!Ref Open'),
    'ELB.1',
    'FAIL',
    'Listener',
  ],
  ['HTTPS without a policy', balancer() + listener(https('')), 'PL.ELB.1', 'FAIL'],
  [
    'HTTPS with a policy of today',
    balancer() + listener(https(', SslPolicy: ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09')),
    'ELB.17',
    'PASS',
  ],
  [
    'a policy that who knows says',
    balancer() + listener(https(', SslPolicy: !Ref Open')),
    'ELB.17',
    `UNKNOWN it depends on ${open}`,
  ],
  ['HTTP', balancer() + listener(http(redirect)), 'ELB.18', 'FAIL'],
])('evaluates %s', async (_, resources, control, expected, id = 'It') => {
  expect(await verdictOf(template(resources), control, id)).toBe(expected);
});

it('shows a failure at the listener that has it', async () => {
  const text = template(`${balancer()}${listener(http(redirect))}${listener(https(''), 'Second')}`);
  const all = await checkedIn(await templateFrom(text));
  const [found] = all.filter(({ control }) => control.id === 'PL.ELB.1');
  if (!found) throw new Error('PL.ELB.1 says nothing');
  expect(found.verdict).toMatchObject({ evidence: [{ path: 'listeners[1].tlsPolicy' }] });
  const { line } = writtenAt(found, new Stack(found.template, found.world.anew)).range;
  expect(text.split('\n')[line - 1]).toContain('Second:');
});
