import type { Fault } from '../passes/contract';
import type { Detail, Found, Verdict } from '../passes/expectations';
import { PASS_STATUS } from '../protocol/api';
import { statusWord } from './columns';
import type { Words } from './words';

/** A verdict in the words of a language. Names are only ever added to: in English this is what programs get. */
export interface ToldVerdict {
  readonly expect: string;
  readonly status: Verdict['status'];
  readonly found: string;
  readonly details: readonly string[];
}

/** Puts what was found into words; what the gateway said stands in them as it came. */
export function tellVerdict({ expect, status, found, details }: Verdict, words: Words): ToldVerdict {
  return {
    expect,
    status,
    found: foundText(found, words),
    details: details.map(it => detailText(it, words)),
  };
}

function foundText(found: Found, words: Words): string {
  const { check } = words;
  switch (found.is) {
    case 'number':
      return `${found.value}${found.unit}`;
    case 'status':
      return statusText(found.status, words);
    case 'merchant':
      return found.name;
    case 'all':
      return check.all(found.count);
    case 'otherwise':
      return check.otherwise(found.count, found.of);
    case 'no merchant':
      return check.noMerchant(found.count);
    case 'conforming':
      return check.conforming(found.count);
    case 'deviations':
      return check.deviations(found.count);
    case 'not listed':
      return check.notListed;
    case 'no listing':
      return check.noListing;
  }
}

function statusText(status: string, words: Words): string {
  return status === '' ? words.check.noStatus : statusWord(status, words);
}

function detailText(detail: Detail, words: Words): string {
  const { check } = words;
  switch (detail.is) {
    case 'merchant':
      return detail.name;
    case 'pass':
      return check.ofPass(detail.passId, statusText(detail.status, words));
    case 'violation': {
      const says = `${detail.field} ${faultText(detail.fault, words)}`;
      return detail.passId === undefined ? check.ofNoPass(says) : check.ofPass(detail.passId, says);
    }
  }
}

function faultText(fault: Fault, { faults }: Words): string {
  switch (fault.is) {
    case 'unknown':
      return faults.unknown;
    case 'missing':
      return faults.missing;
    case 'other kind':
      return faults.otherKind(faults.kinds[fault.kind], faults.kinds[fault.wanted]);
    case 'other entry':
      return faults.otherEntry(faults.kinds[fault.kind], faults.kinds[fault.wanted]);
    case 'no time':
      return faults.noTime(excerpt(fault.text));
    case 'no status':
      return faults.noStatus(excerpt(fault.text), Object.keys(PASS_STATUS).join(', '));
    case 'long':
      return faults.long(fault.length, fault.longest);
  }
}

function excerpt(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 39)}…` : text);
}
