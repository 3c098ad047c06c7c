"""Ids of an organization that a template can name before it is made."""

import re

ORGANIZATION = "o-localaws00"
ROOT = "r-loca"


def name_what_is_made(module):
    """The id of an account is its name, where that is one: accounts that are written down can be made."""

    begin = module.FakeAccount.__init__
    make_id = module.utils.make_random_account_id

    def make(account, organization, **kwargs):
        name = kwargs["AccountName"]
        module.utils.make_random_account_id = (lambda: name) if re.fullmatch(r"\d{12}", name) else make_id
        begin(account, organization, **kwargs)

    module.FakeAccount.__init__ = make


def fix_ids(module):
    module.make_random_org_id = lambda: ORGANIZATION
    module.make_random_root_id = lambda: ROOT


patches = {
    "moto.organizations.models": name_what_is_made,
    "moto.organizations.utils": fix_ids,
}
