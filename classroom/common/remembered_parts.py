"""The ``extends`` tag of templates, with a memory.

Each time that a page is shown Django looks through all the tags of the page that it extends for those that are blocks:
on most pages that is one step in twenty-five. Which they are is settled when a template is read.
"""

from django import template
from django.template import loader_tags
from django.template.base import Node, NodeList, Parser, Template, Token
from django.template.context import Context

register = template.Library()


class RememberedNodes(NodeList):
    """The tags of a template that has been read, and does not change."""

    def __init__(self, nodes: NodeList) -> None:
        super().__init__(nodes)
        self.contains_nontext = nodes.contains_nontext
        self.found: dict[type[Node], list[Node]] = {}

    def get_nodes_by_type(self, nodetype: type[Node]) -> list[Node]:
        if nodetype not in self.found:
            self.found[nodetype] = super().get_nodes_by_type(nodetype)
        return self.found[nodetype]


class RememberedExtends(loader_tags.ExtendsNode):
    """As Django's own."""

    def get_parent(self, context: Context) -> Template:
        parent = super().get_parent(context)
        if not isinstance(parent.nodelist, RememberedNodes):
            parent.nodelist = RememberedNodes(parent.nodelist)
        return parent


@register.tag("extends")
def remembered_extends(parser: Parser, token: Token) -> RememberedExtends:
    """``{% extends %}``, read as Django reads it."""
    node = loader_tags.do_extends(parser, token)
    return RememberedExtends(node.nodelist, node.parent_name)
