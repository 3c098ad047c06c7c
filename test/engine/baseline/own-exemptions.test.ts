import { readFileSync } from 'node:fs';
import { everyControl } from '../../../lib/controls/every.ts';
import { parseBaseline } from '../../../lib/engine/baseline/baseline.ts';
import { exemptedText, exemptionFor } from '../../../lib/engine/baseline/exemption.ts';
import { ownExemptions, withOwnExemptions } from '../../../lib/engine/baseline/own-exemptions.ts';

const heartbeat = 'arn:aws:s3:::plumbline-heartbeatbucket-1';
const images = 'arn:aws:s3:::plumbline-images-1';
const now = new Date('2030-01-01');

describe('the exemptions of the stack’s own resources', () => {
  const all = ownExemptions({ heartbeat, images });

  it('name these ARNs exactly, and nothing of a like name', () => {
    expect([...new Set(all.map(({ resource }) => resource))]).toEqual([heartbeat, images]);
    for (const { control } of all) {
      const of = (arn: string) =>
        exemptionFor({ exemptions: all }, { controlId: control, arn, id: arn.slice(13) }, now);
      expect(of(images)).toBeDefined();
      expect(of(`${images}0`)).toBeUndefined();
      expect(of('arn:aws:s3:::customer-invoices')).toBeUndefined();
    }
  });

  it('are of controls that there are, which neither make public nor lose anything', () => {
    for (const { control } of all) {
      const found = everyControl.find(({ id }) => id === control);
      expect(found?.severity).toMatch(/^(LOW|MEDIUM)$/);
    }
  });

  it('say why in what is printed, and in SECURITY.md', () => {
    const security = readFileSync('SECURITY.md', 'utf8');
    for (const one of all) {
      expect(exemptedText(one)).toBe(`exempted by design: ${one.reason}`);
      expect(security).toContain(`| ${one.control}`);
    }
  });

  it('are of the buckets that are there, and of the controls that the baseline enables', () => {
    expect(ownExemptions({})).toEqual([]);
    expect(ownExemptions({ images }).every(({ resource }) => resource === images)).toBe(true);
    const baseline = parseBaseline(
      'presets: []\ncontrols: { S3.9: {} }',
      'plumbline.yaml',
      everyControl,
    );
    const { exemptions } = withOwnExemptions(baseline, { heartbeat, images });
    expect(exemptions.map(({ control }) => control)).toEqual(['S3.9', 'S3.9']);
  });
});
