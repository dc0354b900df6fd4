import { describe, expect, it } from '@jest/globals';
import { SecretBox } from './secret-box.ts';

const box = new SecretBox('a key of an installation');
const content = Buffer.from('something that must be read again');

describe('a sealed secret', () => {
  it('is opened by who has the key, for its owner', () => {
    expect(box.open(box.seal(content, 'one'), 'one')).toEqual(content);
  });

  it('does not show what it holds, nor that two hold the same', () => {
    const sealed = box.seal(content, 'one');
    expect(sealed.includes(content)).toBe(false);
    expect(box.seal(content, 'one').equals(sealed)).toBe(false);
  });

  it('stays closed to another key, for another owner, and when any byte of it was changed', () => {
    const sealed = box.seal(content, 'one');
    expect(new SecretBox('another key').open(sealed, 'one')).toBeNull();
    expect(box.open(sealed, 'two')).toBeNull();
    for (let at = 0; at < sealed.length; at += 1) {
      const changed = Buffer.from(sealed);
      changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
      expect(box.open(changed, 'one')).toBeNull();
    }
    expect(box.open(sealed.subarray(0, 20), 'one')).toBeNull();
  });
});
