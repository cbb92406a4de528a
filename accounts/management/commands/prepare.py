import sys

from django.core.management import BaseCommand, call_command, get_commands
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


class Command(BaseCommand):
    help = "Brings tables, static files and demo data up to date; prints the demo accounts."

    def add_arguments(self, parser):
        parser.add_argument("--database", action="store_true", help="apply new migrations")
        parser.add_argument("--static", action="store_true", help="collect static files")
        parser.add_argument("--demo-data", action="store_true", help="load it, once")

    def handle(self, **options):
        if options["database"] and self.has_new_migrations():
            call_command("migrate", interactive=False, verbosity=1, stdout=sys.stderr)
        if options["static"]:
            call_command("collectstatic", interactive=False, verbosity=0)
        if options["demo_data"]:
            self.call_if_known("load_demo", stdout=sys.stderr)
            self.call_if_known("demo_accounts", stdout=self.stdout)

    def has_new_migrations(self):
        executor = MigrationExecutor(connection)
        return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))

    def call_if_known(self, command, **streams):
        if command in get_commands():
            call_command(command, **streams)
