"""Starts moto with its DynamoDB answering one call after the other.

moto serves every request in a thread of its own, and its tables have no locks. A transaction that is cancelled puts back
the whole table as it was when the transaction began, and so undoes what others wrote meanwhile; and an item that is being
updated can be read half written (transact_write_items and update_item in moto/dynamodb/models/__init__.py). DynamoDB does
neither.
"""

import runpy
import threading

from moto.dynamodb.responses import DynamoHandler

call_action = DynamoHandler.call_action
turn = threading.Lock()


def in_turn(self):
    with turn:
        return call_action(self)


DynamoHandler.call_action = in_turn
runpy.run_module("moto.server", run_name="__main__", alter_sys=True)
