// Who helps where Muster itself cannot: shown where MUSTER_SUPPORT_URL names somebody, and nothing otherwise.
import {useQuery} from '@tanstack/react-query';
import type {ReactNode} from 'react';
import {installation} from '../api/queries.ts';
import {t} from '../text.ts';
import {Identifier} from './identifier.tsx';
import {supportAddress} from './support-address.ts';

type SupportLinkProps = {
  /** Of what failed. */
  requestId?: string | undefined;
  className?: string;
  onClick?: () => void;
  children?: ReactNode;
};

export function SupportLink({requestId, className, onClick, children = t.support.contact}: SupportLinkProps) {
  const {data} = useQuery(installation());
  if (!data?.supportUrl) return null;
  const href = supportAddress(data.supportUrl, requestId && t.support.subject(requestId));
  return (
    <a href={href} target="_blank" rel="noreferrer" className={className} onClick={onClick}>
      {children}
    </a>
  );
}

/** Below an error: the id under which the log has it, and whom to tell it. */
export function SupportLine({requestId}: {requestId: string | undefined}) {
  const {data} = useQuery(installation());
  if (!requestId) return <SupportLink />;
  return (
    <p className="small-print support-line">
      <span>{data?.supportUrl ? t.support.withRequest : t.errors.request}</span>
      <Identifier id={requestId} label={t.errors.request} />
      <SupportLink requestId={requestId} />
    </p>
  );
}
