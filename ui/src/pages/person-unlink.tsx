// Asks before a link is removed, and says what the next run makes of it.
import {useMutation, useQueryClient, useSuspenseQuery} from '@tanstack/react-query';
import {getRouteApi} from '@tanstack/react-router';
import {call} from '../api/client.ts';
import {connections} from '../api/queries.ts';
import {Confirm} from '../parts/confirm.tsx';
import {t} from '../text.ts';
import {linksOf} from './person-links.tsx';

const route = getRouteApi('/app/people/$recordId/unlink/$linkId');

export function PersonUnlinkDialog() {
  const {recordId, linkId} = route.useParams();
  const {data} = useSuspenseQuery(linksOf(recordId));
  const {data: known} = useSuspenseQuery(connections());
  const queries = useQueryClient();
  const navigate = route.useNavigate();
  const close = () => navigate({to: '/people/$recordId', params: {recordId}, search: true});
  const remove = useMutation({
    mutationFn: () => call('DELETE /links/{id}', {params: {id: linkId}}),
    onSuccess: async () => {
      await close();
      await queries.invalidateQueries({queryKey: ['GET /links']});
    },
  });
  const link = data.items.find(one => one.id === linkId);
  const connection = known.items.find(one => one.id === link?.connection)?.name ?? '';
  return (
    <Confirm
      title={t.links.removeTitle}
      confirm={t.links.remove}
      right="review"
      danger
      blocked={!link && !remove.isSuccess && t.links.gone}
      loading={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate()}
      onClose={close}
    >
      {link && <p>{t.links.removeAbout(link.name, link.destinationId, connection)}</p>}
      <p>{t.links.removeThen}</p>
    </Confirm>
  );
}
