"""Where the boxes of maps were put by hand."""

from __future__ import annotations

from graphkam.access.policy import Act
from graphkam.model.places import MapPlaces
from graphkam.workspace.past import Past


class Arranging(Past):
    """Arrangements of maps, behind the policy."""

    def map_places(self, account_id: str, view: str, unit: str = "") -> MapPlaces:
        """Give where the boxes of a map were put; nothing of one that nobody arranged.

        Raises
        ------
        NotAllowed
            If the user may not see the account.
        """
        self._allowed(Act.READ, [account_id])
        return self._store.map_places(MapPlaces(account_id=account_id, view=view, unit=unit))

    def save_map_places(self, places: MapPlaces) -> MapPlaces:
        """Keep where the boxes of a map were put, for everybody who may see the account.

        Raises
        ------
        NotAllowed
            If the user may not change the account.
        WriteConflict
            If somebody else has arranged the map since it was read.
        """
        self._allowed(Act.CHANGE, [places.account_id])
        return self._store.save_map_places(places, who=self.settings.user)
