// The manifest is data from which forms, mappings and checks are made without asking the connector anything.
import {strict as assert} from 'node:assert';
import {describe, test} from 'node:test';
import type {Manifest} from '../../contract.ts';

export function describeManifest(manifest: Manifest): void {
  const inputs = [...manifest.settings, ...manifest.secrets];
  describe('manifest', () => {
    test('is data only', () => {
      assert.deepEqual(JSON.parse(JSON.stringify(manifest)), manifest);
      assert.match(manifest.id, /^[a-z][a-z0-9-]*$/);
    });

    test('renders as a form: every setting and secret has a name of its own, a label and a description', () => {
      assert.equal(new Set(inputs.map(({name}) => name)).size, inputs.length);
      for (const {name, label, description} of inputs) {
        assert.match(name, /^[a-z][A-Za-z0-9]*$/);
        assert.ok(label && description, name);
      }
    });

    test('offers choices where one is to be chosen, and its defaults are among them', () => {
      for (const {name, type, choices, default: byDefault} of inputs) {
        assert.equal(type === 'choice', choices !== undefined, name);
        if (choices && byDefault !== undefined)
          assert.ok(
            choices.some(({value}) => value === byDefault),
            name,
          );
      }
    });

    test('shows fields only under settings and values that exist', () => {
      for (const {name, visibleIf} of inputs) {
        if (!visibleIf) continue;
        const setting = manifest.settings.find(one => one.name === visibleIf.setting);
        assert.ok(setting && setting.name !== name, `${name} depends on ${visibleIf.setting}`);
        const values = setting.choices?.map(({value}) => value);
        for (const value of visibleIf.in) assert.ok(values?.some(one => one === value) ?? true, `${name}: ${value}`);
      }
    });

    test('names its address and its credentials among the settings and secrets', () => {
      const {auth, baseUrlSetting} = manifest;
      if (baseUrlSetting !== undefined) {
        const address = manifest.settings.find(({name}) => name === baseUrlSetting);
        assert.ok(address?.type === 'url' && address.required, baseUrlSetting);
      }
      if (auth.kind !== 'none')
        assert.ok(
          manifest.secrets.some(({name}) => name === auth.secret),
          auth.secret,
        );
    });

    for (const resource of manifest.resources) {
      test(`describes the fields and keys of ${resource.plural}`, () => {
        const names = resource.fields.map(({name}) => name);
        assert.equal(new Set(names).size, names.length);
        for (const field of resource.fields) {
          assert.ok(field.label && field.description, field.name);
          assert.ok(
            field.default === undefined || !field.choices || field.choices.some(one => one.value === field.default),
          );
          if (field.constraint?.pattern !== undefined) assert.ok(new RegExp(field.constraint.pattern), field.name);
        }
        for (const key of resource.keys) for (const field of key.fields) assert.ok(names.includes(field), field);
      });

      test(`gives ${resource.plural} limits and steps that fit what can be done with them`, () => {
        const {capabilities, steps, limits} = resource;
        const writes = ['create', 'update', 'deactivate', 'reactivate'].some(one =>
          capabilities.some(can => can === one),
        );
        assert.equal(steps.length > 0, writes, 'steps are of writes');
        assert.equal(new Set(steps).size, steps.length);
        assert.ok(limits.concurrency >= 1 && resource.settleSeconds >= 0);
        assert.ok(limits.snapshotFrom === undefined || capabilities.includes('snapshot'));
      });
    }
  });
}
