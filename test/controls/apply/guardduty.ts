import { list, record } from '../../../lib/support/untyped.ts';
import type { Effects } from './effects.ts';

export const guardduty: Effects = {
  // What is not named stays: https://docs.aws.amazon.com/guardduty/latest/APIReference/API_UpdateDetector.html
  updateDetector: (snapshot, { Enable, Features }) => {
    const detector = record(snapshot['detector']);
    const features = { ...record(detector['features']) };
    for (const one of list(Features)) {
      const { Name, Status } = record(one);
      features[String(Name)] = { ...record(features[String(Name)]), isOn: Status === 'ENABLED' };
    }
    const isOn = Enable ?? detector['isOn'];
    return { ...snapshot, detector: { ...detector, isOn, features } };
  },
};
