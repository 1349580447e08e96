"""What is typed on the page of programmes: a named list of criteria."""

from django import forms

from dianping.pages.frame.forms import WordsField


class CriteriaForm(forms.Form):
    """点评的标准: a name, of whom, one item a line, and where it comes from."""

    name = forms.CharField(label="名称", max_length=40, help_text="如 五个好、五个表率。")
    about = forms.ChoiceField(
        label="对谁", choices=[("organisation", "党组织"), ("secretary", "书记"), ("member", "党员")]
    )
    items = WordsField(label="各条", rows=6, help_text="一行写一条。")
    source = forms.CharField(label="出处", max_length=200, help_text="哪份文件的哪一条，或本单位何时定的。")
