import { describe, expect, it } from '@jest/globals';
import { readUrl } from './request-url.ts';

describe('readUrl', () => {
  it.each([
    ['/scim/v2/Users', '/scim/v2/Users'],
    ['/scim/v2/Users?filter=userName%20eq%20"a"', '/scim/v2/Users?filter=userName%20eq%20"a"'],
    ['/SCIM/v2/Users', '/scim/v2/Users'],
    ['/Scim/V2/users/Ab-1', '/scim/v2/Users/Ab-1'],
    ['/scim/v2/USERS/.search', '/scim/v2/Users/.search'],
    ['/scim/v2/serviceproviderconfig', '/scim/v2/ServiceProviderConfig'],
    ['//scim//v2///Users//', '/scim/v2/Users'],
    ['/scim/v2/', '/scim/v2'],
    ['/scim/', '/scim'],
    ['/scim/v2/Users/?count=1', '/scim/v2/Users?count=1'],
    ['/scim/v2/Users#part', '/scim/v2/Users'],
    ['/scim/v2/Users;x=1', '/scim/v2/Users;x=1'],
    ['/scim/v2/%55sers', '/scim/v2/%55sers'],
    ['/scim/v3/users', '/scim/v3/users'],
    ['/scim/v2x/users', '/scim/v2x/users'],
    ['http://host.example/scim/v2/Users', '/scim/v2/Users'],
    ['HTTPS://host.example:8443/SCIM/v2/users?a=//b', '/scim/v2/Users?a=//b'],
    [
      '/scim/v2/Users?filter=userName%20eq%20"j\u00c3\u00bc"',
      '/scim/v2/Users?filter=userName%20eq%20"j%C3%BC"',
    ],
  ])('takes %s for SCIM', (target, url) => {
    expect(readUrl(target)).toEqual({ door: 'scim', url });
  });

  it.each([
    ['/api/members', 'api', '/api/members'],
    ['/API/members/', 'api', '/api/members/'],
    ['/api', 'api', '/api'],
    ['http://host.example/Operator/workspaces', 'operator', '/operator/workspaces'],
    ['/HEALTH/live', 'health', '/health/live'],
    ['/apis', 'pages', '/apis'],
    ['//api/members', 'pages', '//api/members'],
    ['/%73cim/v2/Users', 'pages', '/%73cim/v2/Users'],
    ['/scim;x/v2/Users', 'pages', '/scim;x/v2/Users'],
    ['/scimitar', 'pages', '/scimitar'],
    ['/x/../scim/v2/Users', 'pages', '/x/../scim/v2/Users'],
    ['\\scim\\v2\\Users\u00a0', 'pages', '/\\scim\\v2\\Users%A0'],
    ['http://host.example', 'pages', '/'],
    ['*', 'pages', '/*'],
    ['', 'pages', '/'],
  ])('takes %s for %s', (target, door, url) => {
    expect(readUrl(target)).toEqual({ door, url });
  });

  it.each([
    ['/up/scim/v2/Users', 'scim', '/scim/v2/Users'],
    ['/up//scim/v2/users/?count=1', 'scim', '/scim/v2/Users?count=1'],
    ['http://host.example/up/scim/v2/Users', 'scim', '/scim/v2/Users'],
    ['/scim/v2/Users', 'scim', '/scim/v2/Users'],
    ['/up/api/members?search=/up/x', 'api', '/api/members?search=/up/x'],
    ['/up/OPERATOR/workspaces', 'operator', '/operator/workspaces'],
    ['/up/health/live', 'health', '/health/live'],
    ['/health/live', 'health', '/health/live'],
    ['/up', 'pages', '/'],
    ['/up/', 'pages', '/'],
    ['/up?x=1', 'pages', '/?x=1'],
    ['/up/up/api/members', 'pages', '/up/api/members'],
    ['/upper/api/members', 'pages', '/upper/api/members'],
  ])('takes %s for %s where a proxy may leave the public path', (target, door, url) => {
    expect(readUrl(target, '/up')).toEqual({ door, url });
  });

  it('reads what it wrote in the same way', () => {
    for (const target of ['//SCIM//V2/users/', '/API/x?y#z', 'http://h/a\u00ffb', '/scim/v2/users/a%2Fb/']) {
      const once = readUrl(target);
      expect(readUrl(once.url)).toEqual(once);
    }
  });
});
