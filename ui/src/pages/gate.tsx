// The frame of the pages before sign-in.
import type {ReactNode} from 'react';
import {useEffect} from 'react';
import {SupportLink} from '../parts/support.tsx';
import {ThemeSwitch} from '../shell/navigation.tsx';
import {t} from '../text.ts';

export function Gate({title, text, children}: {title: string; text?: string | undefined; children: ReactNode}) {
  useEffect(() => {
    document.title = t.shell.documentTitle(title);
  }, [title]);
  return (
    <main className="gate">
      <div className="gate-card">
        <div className="gate-brand">
          <img src="/favicon.svg" alt="" width={28} height={28} />
          <span>{t.product}</span>
          <ThemeSwitch />
        </div>
        <h1>{title}</h1>
        {text && <p>{text}</p>}
        {children}
        <SupportLink className="small-print" />
      </div>
    </main>
  );
}
