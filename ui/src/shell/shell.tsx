// The frame of every page: skip link, side bar, main; it closes on a phone. Pages render inside <main>.
import {Burger} from '@mantine/core';
import {useDisclosure} from '@mantine/hooks';
import {useSuspenseQuery} from '@tanstack/react-query';
import {Link, Outlet} from '@tanstack/react-router';
import {session} from '../api/queries.ts';
import {Monogram} from '../parts/monogram.tsx';
import {t} from '../text.ts';
import {Navigation} from './navigation.tsx';
import {Shortcuts} from './shortcuts.tsx';

export function Shell() {
  const {data} = useSuspenseQuery(session());
  const [open, menu] = useDisclosure(false);
  const [help, helpDialog] = useDisclosure(false);
  const home = (
    <Link to="/" className="company" onClick={menu.close}>
      <Monogram name={data.company.name} size={26} />
      <span>{data.company.name}</span>
    </Link>
  );
  return (
    <div className="shell">
      <a href="#main" className="skip-link">
        {t.shell.skip}
      </a>
      <header className="top-bar">
        <div className="visible-phone">
          <Burger
            opened={open}
            onClick={menu.toggle}
            size="sm"
            aria-label={open ? t.shell.closeMenu : t.shell.openMenu}
            aria-expanded={open}
          />
        </div>
        {home}
      </header>
      <div className="side-bar" data-open={open || undefined}>
        <Navigation onNavigate={menu.close} onHelp={helpDialog.open} />
      </div>
      <main id="main" tabIndex={-1} className="main">
        <Outlet />
      </main>
      <Shortcuts opened={help} onOpen={helpDialog.open} onClose={helpDialog.close} />
    </div>
  );
}
