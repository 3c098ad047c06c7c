import { defaultBaseline, parseBaseline } from '../../../lib/engine/baseline/baseline.ts';
import type { Configurable } from '../../../lib/engine/baseline/configurable.ts';
import { integer, strings } from '../../../lib/model/parameters.ts';
import { UserError } from '../../../lib/support/user-error.ts';

const controls: readonly Configurable[] = [
  { id: 'S3.8', standards: { 'fsbp-1.0.0': ['S3.8'] } },
  {
    id: 'IAM.3',
    standards: { 'fsbp-1.0.0': ['IAM.3'], 'cis-aws-5.0.0': ['1.13'] },
    parameters: { maxAgeDays: integer({ default: 90, min: 1, max: 365 }) },
  },
  {
    id: 'PL.IAM.1',
    standards: {},
    parameters: {
      accounts: strings({ default: [], allowed: '12-digit account numbers', pattern: /^\d{12}$/ }),
    },
  },
];
const observed = { mode: 'observe', backlog: false, risk: 'safe' };
const limits = {
  holdHours: 24,
  suppressionDays: 30,
  flapping: { drifts: 3, hours: 24 },
  breaker: { perHour: 20, share: 0.1, atLeast: 3, reserve: 5, closesAfterMinutes: 60 },
  windows: [],
  deployRoles: [],
  protectedRoles: [],
};
const parse = (text: string) => parseBaseline(text, 'plumbline.yaml', controls);
const problemsOf = (text: string): string[] => {
  try {
    parse(text);
  } catch (error) {
    if (error instanceof UserError) return error.message.split('\n');
    throw error;
  }
  return [];
};
const lines = (...texts: string[]) => texts.join('\n');
const exemption = (over: Record<string, string> = {}) =>
  JSON.stringify({
    control: 'S3.8',
    resource: 'arn:aws:s3:::public-site',
    owner: 'web team',
    reason: 'the public site',
    expires: '2027-01-31',
    ...over,
  });

describe('a baseline', () => {
  it.each(['', '\n', '# nothing yet\n', '---\n'])(
    'that is empty (%j) means the defaults',
    (text) => {
      expect(parse(text)).toEqual(defaultBaseline(controls));
    },
  );

  const unreadable: Record<string, string> = {
    'a: b: c':
      'two mappings stand on one line; begin the second on a line of its own, or quote the text',
    'mode: plan\nmode: plan': 'a duplicate key: it stands above already; take one of them out',
    'mode: "plan':
      'something is not closed: a quote, a bracket, or a colon without a blank behind it',
    'presets: [all':
      'a bracket above is not closed, or the line is not indented as those around it',
    'remediation:\n\tholdHours: 3': 'it is indented by a tab; use blanks',
    'mode: @plan': 'a text may not begin with this character; put it in quotes',
    'mode: !plan x': 'the tag (!name) means nothing here; take it out',
    'mode: plan\n---\nmode: plan':
      'the file holds more than one document; take out the line of --- or ... that ends the first',
  };
  it.each(Object.entries(unreadable))(
    'that is no YAML (%j) is told in our words',
    (text, words) => {
      const told = problemsOf(text);
      expect(told.map((line) => line.replace(/^plumbline\.yaml:\d+:\d+: /, ''))).toContain(words);
    },
  );

  it('speaks in its own words of whatever stands where', () => {
    const keys = [
      'presets',
      'sensitivityTag',
      'mode',
      'remediation',
      'securityHub',
      'hosts',
      'controls',
      'exemptions',
      'operators',
      'homeRegion',
      'regions',
      'publish',
    ];
    const values = [
      'null',
      '1',
      'text',
      '[]',
      '[1]',
      '[{}]',
      '{}',
      '{ a: 1 }',
      '[[]]',
      '-1',
      '1e99',
      '2020-01-01',
    ];
    const library = /invalid|expected|received|unrecognized|zod|must be|too (small|big)|input/i;
    const problems = keys.flatMap((key) =>
      values.flatMap((value) => problemsOf(`${key}: ${value}`)),
    );
    expect(problems.filter((line) => library.test(line))).toEqual([]);
    expect(problems.filter((line) => !/^plumbline\.yaml:\d+:\d+: \S+ /.test(line))).toEqual([]);
  });

  it('that says nothing observes every control with its defaults', () => {
    expect(defaultBaseline(controls)).toEqual({
      homeRegion: 'us-east-1',
      regions: ['us-east-1'],
      publish: 'all',
      controls: {
        'S3.8': { ...observed, parameters: {} },
        'IAM.3': { ...observed, parameters: { maxAgeDays: 90 } },
        'PL.IAM.1': { ...observed, parameters: { accounts: [] } },
      },
      exemptions: [],
      operators: [],
      remediation: limits,
      configRules: false,
      dashboard: false,
    });
  });

  it.each([
    ['', ['us-east-1']],
    ['regions: []', ['us-east-1']],
    ['regions: [us-east-1]', ['us-east-1']],
    ['regions: [eu-west-1, af-south-1]', ['us-east-1', 'af-south-1', 'eu-west-1']],
    ['regions: [eu-west-1, us-east-1]', ['us-east-1', 'eu-west-1']],
  ])('that says "%s" governs the home region first, then the others', (text, regions) => {
    expect(parse(text).regions).toEqual(regions);
  });

  it('that says all regions means those that every account has; others are named beside them', () => {
    const { regions } = parse('regions: all');
    expect(regions).toHaveLength(17);
    expect(regions).toEqual(expect.arrayContaining(['us-east-1', 'eu-west-1', 'sa-east-1']));
    expect(regions).not.toContain('af-south-1');
    const more = parse('regions: [all, af-south-1]').regions;
    expect(more.toSorted()).toEqual([...regions, 'af-south-1'].toSorted());
  });

  it('is read in full', () => {
    const baseline = parse(`
homeRegion: us-east-1
publish: failures
presets: [own]
sensitivityTag: { key: data-class, values: [restricted, secret] }
controls:
  IAM.3: { mode: observe, parameters: { maxAgeDays: 30 } }
exemptions:
  - control: S3.8
    resource: arn:aws:s3:::public-site
    owner: web team
    reason: the public site
    expires: 2027-01-31
configRules: true
dashboard: true
`);
    expect(baseline).toEqual({
      homeRegion: 'us-east-1',
      regions: ['us-east-1'],
      publish: 'failures',
      sensitivityTag: { key: 'data-class', values: ['restricted', 'secret'] },
      controls: {
        'IAM.3': { ...observed, parameters: { maxAgeDays: 30 } },
        'PL.IAM.1': { ...observed, parameters: { accounts: [] } },
      },
      exemptions: [
        {
          control: 'S3.8',
          resource: 'arn:aws:s3:::public-site',
          owner: 'web team',
          reason: 'the public site',
          expires: '2027-01-31T23:59:59.999Z',
        },
      ],
      operators: [],
      remediation: limits,
      configRules: true,
      dashboard: true,
    });
    expect(JSON.parse(JSON.stringify(baseline))).toEqual(baseline);
  });

  it('names whoever may ask for what changes something, one by one', () => {
    const role = 'arn:aws:iam::123456789012:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_a_1';
    const user = 'arn:aws-us-gov:iam::123456789012:user/alice';
    expect(parse(`operators: ['${role}', '${user}']`).operators).toEqual([role, user]);
  });

  it.each([
    ['securityHub: false', undefined],
    ['securityHub: true', { actions: false }],
    ['securityHub: {}', { actions: false }],
    ['securityHub: { actions: true }', { actions: true }],
  ])('with %s', (text, securityHub) => expect(parse(text).securityHub).toEqual(securityHub));

  it('says how each control is remediated, and within which limits', () => {
    const { controls: settings, remediation } = parse(`
mode: plan
remediation:
  risk: disruptive
  breaker: { perHour: 5 }
  windows: [{ days: [sat], from: '22:00', to: '05:00', timeZone: Europe/Zurich }]
  deployRoles: ['arn:aws:iam::*:role/deploy-*']
  protectedRoles: ['arn:aws:iam::123456789012:role/break-glass-?']
controls:
  S3.8: { mode: remediate, backlog: true, risk: safe }
`);
    expect(settings).toMatchObject({
      'S3.8': { mode: 'remediate', backlog: true, risk: 'safe' },
      'IAM.3': { mode: 'plan', backlog: false, risk: 'disruptive' },
    });
    expect(remediation).toEqual({
      ...limits,
      breaker: { ...limits.breaker, perHour: 5 },
      windows: [{ days: ['sat'], from: '22:00', to: '05:00', timeZone: 'Europe/Zurich' }],
      deployRoles: ['arn:aws:iam::*:role/deploy-*'],
      protectedRoles: ['arn:aws:iam::123456789012:role/break-glass-?'],
    });
  });

  const chosen: Record<string, [text: string, ids: string[]]> = {
    'all by a preset': ['presets: [all]', ['S3.8', 'IAM.3', 'PL.IAM.1']],
    'those of one standard': ['presets: [cis-aws-5.0.0]', ['IAM.3']],
    'those of two presets': ['presets: [cis-aws-5.0.0, own]', ['IAM.3', 'PL.IAM.1']],
    'one that no preset holds, by its name': [
      'presets: [own]\ncontrols: { S3.8: {} }',
      ['S3.8', 'PL.IAM.1'],
    ],
    'none but the named one': ['presets: []\ncontrols: { S3.8: { enabled: true } }', ['S3.8']],
    'all but one': ['controls: { S3.8: { enabled: false } }', ['IAM.3', 'PL.IAM.1']],
    'through an alias': [
      'presets: [own]\ncontrols: { S3.8: &on { mode: observe }, IAM.3: *on }',
      ['S3.8', 'IAM.3', 'PL.IAM.1'],
    ],
  };
  it.each(Object.entries(chosen))('enables %s', (_, [text, ids]) => {
    expect(Object.keys(parse(text).controls)).toEqual(ids);
  });

  const refused: Record<string, [text: string, problems: string[]]> = {
    'a text where a mapping belongs': [
      'controls: S3.8',
      [
        'plumbline.yaml:1:1: controls is "S3.8"; allowed: a mapping of ids of controls, such as `{ S3.8: { enabled: false } }`',
      ],
    ],
    'a misspelt key': [
      'publish: all\nexemption: []',
      ['plumbline.yaml:2:1: exemption is not known; did you mean exemptions?'],
    ],
    'a key that is like none': [
      'controls: { S3.8: { severity: LOW } }',
      [
        'plumbline.yaml:1:21: controls.S3.8.severity is not known; allowed: enabled, mode, backlog, risk, parameters',
      ],
    ],
    'a key twice': [
      'publish: all\npublish: all',
      ['plumbline.yaml:2:1: a duplicate key: it stands above already; take one of them out'],
    ],
    'YAML that is cut off': [
      'exemptions: [',
      [
        'plumbline.yaml:1:14: a bracket above is not closed, or the line is not indented as those around it',
      ],
    ],
    'a tag that YAML does not know': [
      'publish: !all all',
      ['plumbline.yaml:1:10: the tag (!name) means nothing here; take it out'],
    ],
    'an alias without an anchor': [
      'publish: *all',
      ['plumbline.yaml: an alias (*name) stands for no anchor (&name) above it, or for too much'],
    ],
    'another home region': [
      'homeRegion: eu-west-1',
      [
        'plumbline.yaml:1:1: homeRegion is "eu-west-1"; this version is at home where IAM is heard: in us-east-1, cn-north-1, us-gov-west-1',
      ],
    ],
    'a region that is misspelt': [
      'regions: [us-east-1, eu-wets-1]',
      ['plumbline.yaml:1:22: regions.2 is "eu-wets-1"; did you mean eu-west-1?'],
    ],
    'a region that AWS does not have': [
      'regions: [atlantis]',
      [
        'plumbline.yaml:1:11: regions.1 is "atlantis"; allowed: all, or a region of the partition aws, such as us-east-1',
      ],
    ],
    'a region of another partition': [
      'regions: [all, us-gov-west-1]',
      [
        'plumbline.yaml:1:16: regions.2 is "us-gov-west-1"; it belongs to the partition aws-us-gov, and us-east-1 watches regions of aws only',
      ],
    ],
    'one region, and no list': [
      'regions: eu-west-1',
      ['plumbline.yaml:1:1: regions is "eu-west-1"; allowed: a list of regions, or all'],
    ],
    'a region twice': [
      'regions: [eu-west-1, eu-west-1]',
      ['plumbline.yaml:1:22: regions.2 is "eu-west-1"; it stands there already'],
    ],
    'another word for publish': [
      'publish: some',
      ['plumbline.yaml:1:1: publish is "some"; allowed: all, failures'],
    ],
    'an unknown preset': [
      'presets:\n  - cis',
      ['plumbline.yaml:2:5: presets.1 is "cis"; allowed: all, own, fsbp-1.0.0, cis-aws-5.0.0'],
    ],
    'a preset twice': [
      'presets: [own, own]',
      ['plumbline.yaml:1:16: presets.2 is "own"; it stands there already'],
    ],
    'an unknown control': [
      'controls:\n  s3.8: {}',
      ['plumbline.yaml:2:3: controls.s3.8 is not known; did you mean S3.8?'],
    ],
    'a control without settings': [
      'controls:\n  S3.8:',
      [
        'plumbline.yaml:2:3: controls.S3.8 is null; allowed: a mapping of enabled, mode, backlog, risk, parameters; a control is turned off by `enabled: false`',
      ],
    ],
    'remediate for all': [
      'mode: remediate',
      [
        'plumbline.yaml:1:1: mode is "remediate"; remediate is set for each control by its id, never for all: `controls: { S3.8: { mode: remediate } }`',
      ],
    ],
    'remediate in a preset': [
      'presets: [remediate]',
      [
        'plumbline.yaml:1:11: presets.1 is "remediate"; allowed: all, own, fsbp-1.0.0, cis-aws-5.0.0',
      ],
    ],
    'remediate by a glob': [
      "controls: { 'S3.*': { mode: remediate } }",
      ['plumbline.yaml:1:13: controls.S3.* is not known; did you mean S3.8?'],
    ],
    'a destructive risk': [
      'remediation: { risk: destructive }',
      [
        'plumbline.yaml:1:16: remediation.risk is "destructive"; allowed: safe, disruptive; destructive plans never run by themselves',
      ],
    ],
    'a window at no time': [
      'remediation: { windows: [{ from: night, to: 05:00 }] }',
      ['plumbline.yaml:1:28: remediation.windows.1.from is "night"; allowed: a time such as 22:00'],
    ],
    'a time zone that is none': [
      'remediation: { windows: [{ from: "22:00", to: "05:00", timeZone: Mars/Olympus }] }',
      [
        'plumbline.yaml:1:56: remediation.windows.1.timeZone is "Mars/Olympus"; allowed: a time zone such as Europe/Zurich',
      ],
    ],
    'a share of nothing': [
      'remediation: { breaker: { share: 0 } }',
      ['plumbline.yaml:1:27: remediation.breaker.share is 0; allowed: a number above 0, at most 1'],
    ],
    'mode off': [
      'controls: { S3.8: { mode: off } }',
      [
        'plumbline.yaml:1:21: controls.S3.8.mode is "off"; allowed: observe, plan, remediate; a control is turned off by `enabled: false`',
      ],
    ],
    'a parameter that the control does not have': [
      'controls: { IAM.3: { parameters: { maxAge: 30 } } }',
      ['plumbline.yaml:1:36: controls.IAM.3.parameters.maxAge is not known; allowed: maxAgeDays'],
    ],
    'parameters of a control that has none': [
      'controls: { S3.8: { parameters: { days: 30 } } }',
      [
        'plumbline.yaml:1:35: controls.S3.8.parameters.days is not known; allowed: none, the control has no parameters',
      ],
    ],
    'a parameter out of its range': [
      'controls: { IAM.3: { parameters: { maxAgeDays: 0 } } }',
      [
        'plumbline.yaml:1:36: controls.IAM.3.parameters.maxAgeDays is 0; allowed: a whole number from 1 to 365',
      ],
    ],
    'digits that are a text without their quotes': [
      'controls: { PL.IAM.1: { parameters: { accounts: [123456789012] } } }',
      [
        'plumbline.yaml:1:39: controls.PL.IAM.1.parameters.accounts is [123456789012]; allowed: a list of 12-digit account numbers, in quotes',
      ],
    ],
    'a sensitivity tag without values': [
      'sensitivityTag: { key: data-class, values: [] }',
      ['plumbline.yaml:1:36: sensitivityTag.values is []; allowed: at least one value'],
    ],
    'an operator that is a pattern': [
      "operators: ['arn:aws:iam::123456789012:role/ops-*']",
      [
        'plumbline.yaml:1:13: operators.1 is "arn:aws:iam::123456789012:role/ops-*"; each operator is named alone: no * and no ?',
      ],
    ],
    'an operator that is a session': [
      'operators: [arn:aws:sts::123456789012:assumed-role/ops/bob]',
      [
        'plumbline.yaml:1:13: operators.1 is "arn:aws:sts::123456789012:assumed-role/ops/bob"; this is a session: name its role, arn:aws:iam::123456789012:role/ops',
      ],
    ],
    'an operator that is a whole account': [
      'operators: [arn:aws:iam::123456789012:root]',
      [
        'plumbline.yaml:1:13: operators.1 is "arn:aws:iam::123456789012:root"; an account is everybody in it: name a role or a user',
      ],
    ],
    'an operator that is a name': [
      'operators: [alice]',
      [
        'plumbline.yaml:1:13: operators.1 is "alice"; allowed: the ARN of a role or user, such as arn:aws:iam::123456789012:role/ops',
      ],
    ],
    'an operator of an account without quotes': [
      'operators: [123456789012]',
      [
        'plumbline.yaml:1:13: operators.1 is 123456789012; allowed: the ARN of a role or user, such as arn:aws:iam::123456789012:role/ops',
      ],
    ],
    'an operator twice': [
      'operators: [&a arn:aws:iam::123456789012:user/alice, *a]',
      [
        'plumbline.yaml:1:54: operators.2 is "arn:aws:iam::123456789012:user/alice"; it stands there already',
      ],
    ],
    'operators that are one': [
      'operators: arn:aws:iam::123456789012:user/alice',
      [
        'plumbline.yaml:1:1: operators is "arn:aws:iam::123456789012:user/alice"; allowed: a list of ARNs of roles and users',
      ],
    ],
    'a flag that is a word': [
      'configRules: yes',
      ['plumbline.yaml:1:1: configRules is "yes"; allowed: true or false'],
    ],
    'an exemption without an owner and an end': [
      'exemptions:\n  - control: S3.8\n    resource: public-site\n    reason: site',
      [
        'plumbline.yaml:2:5: exemptions.1.owner is missing; allowed: who answers for it',
        'plumbline.yaml:2:5: exemptions.1.expires is missing; allowed: the last day on which it counts, such as 2027-01-31',
      ],
    ],
    'an exemption for ever': [
      `exemptions: [${exemption({ expires: 'never' })}]`,
      [
        'plumbline.yaml:1:116: exemptions.1.expires is "never"; allowed: the last day on which it counts, such as 2027-01-31',
      ],
    ],
    'an exemption until a day that is none': [
      `exemptions: [${exemption({ expires: '2027-02-30' })}]`,
      [
        'plumbline.yaml:1:116: exemptions.1.expires is "2027-02-30"; allowed: the last day on which it counts, such as 2027-01-31',
      ],
    ],
    'an exemption by nobody': [
      `exemptions: [${exemption({ owner: ' ' })}]`,
      ['plumbline.yaml:1:70: exemptions.1.owner is " "; allowed: who answers for it'],
    ],
    'an exemption from an unknown control': [
      `exemptions: [${exemption({ control: 'S3.08' })}]`,
      ['plumbline.yaml:1:15: exemptions.1.control is "S3.08"; did you mean S3.8?'],
    ],
    'an exemption twice': [
      `exemptions:\n  - ${exemption()}\n  - ${exemption({ owner: 'another' })}`,
      [
        'plumbline.yaml:3:5: exemptions.2 is {"control":"S3.8","resource":"arn:aws:s3:::public-site","own…; it stands there already',
      ],
    ],
    'an exemption whose glob matches nothing': [
      `exemptions: [${exemption({ resource: 'arn:aws:s3:::{a' })}]`,
      [
        'plumbline.yaml:1:32: exemptions.1.resource is "arn:aws:s3:::{a"; allowed: an ARN, an id, or a glob of them; this glob matches nothing',
      ],
    ],
  };
  it.each(Object.entries(refused))('is refused for %s', (_, [text, problems]) => {
    expect(problemsOf(text)).toEqual(problems);
  });

  it('is refused with every problem at once', () => {
    expect(problemsOf(lines('publish: some', 'dashboard: 1', 'colour: red'))).toHaveLength(3);
  });
});

describe('a control about remediation', () => {
  const about: Configurable = { id: 'PL.SWITCH.1', standards: {}, onlyWhereRemediating: true };
  const enabledBy = (text: string) =>
    Object.hasOwn(
      parseBaseline(text, 'plumbline.yaml', [...controls, about]).controls,
      'PL.SWITCH.1',
    );
  const baselines: Record<string, [text: string, isEnabled: boolean]> = {
    'that says nothing': ['{}', false],
    'that only plans': ['mode: plan', false],
    'that names it alone': ['controls: { PL.SWITCH.1: { mode: remediate } }', false],
    'that has one control put right': ['controls: { S3.8: { mode: remediate } }', true],
    'that turns it off': [
      'controls: { S3.8: { mode: remediate }, PL.SWITCH.1: { enabled: false } }',
      false,
    ],
    'whose one control that is put right is turned off': [
      'controls: { S3.8: { mode: remediate, enabled: false } }',
      false,
    ],
  };
  it.each(Object.entries(baselines))('in a baseline %s', (_, [text, is]) => {
    expect(enabledBy(text)).toBe(is);
  });
});
